/* The key set and the tokens of firmware/tokens as they are, in flash: -Wa,-I,firmware/tokens. */
.macro file name, path
	.section .rodata.\name, "a"
	.global \name, \name\()_end
\name:
	.incbin "\path"
\name\()_end:
.endm

	file key_set, keys.json
	file es256_good, es256_good.jwt
	file es256_bad, es256_bad.jwt
	file rs256_good, rs256_good.jwt
	file rs256_bad, rs256_bad.jwt

#ifdef __linux__
	.section .note.GNU-stack, "", %progbits
#endif
