//! The generator's table of 4 KiB as a constant, for machines that have more flash than RAM.
//!
//! What [`build`](crate::weierstrass::build) makes of it, to the bit; a test holds it against that.

use crate::CacheLine;

/// 64 points: x and y in Montgomery form, four words each, least significant first.
#[rustfmt::skip]
pub(crate) static LINES: [CacheLine; 64] = [
    CacheLine([
        0xbe47dd5027eafcc0, 0x23df1041ec7e66db, 0x18c977ff78a4dddd, 0xb51565d79d2d152e,
        0x24f6a6d578f4a4de, 0xbbc15b207d86b2ca, 0xa064d39c1d3b43ca, 0x5524866752200839,
    ]),
    CacheLine([
        0x491acfa03622e6c1, 0xec3219f4dd6e265b, 0x8441a0001ec1513a, 0x32ab11570b3969ee,
        0x7003390490b03e53, 0x9d6e21dbaea5454f, 0x98c55b8fbb0e6267, 0x081b053f5b6edf30,
    ]),
    CacheLine([
        0xfcee35192178fb84, 0xb9769c3c34ddfeb3, 0xeb486d9a2198bb35, 0x587c5a5cecd4f098,
        0x7d03577d866c5e1d, 0xc621a63d1adffcb9, 0x6a0bb656d3bdf8ee, 0x05e50f57205dd861,
    ]),
    CacheLine([
        0x092252179ca31705, 0xbe6eacbd51b4f14f, 0x6506cd3346160f74, 0xbd778d59e8e3d3da,
        0x17658e78daccf7f4, 0x5db8fce972fad339, 0xfd9df37df706322a, 0xa5d4776418aecb03,
    ]),
    CacheLine([
        0x927b57b83a718c5c, 0x251266f1c2e51a9a, 0x6ead791655b0b9bd, 0xc1ab01a34058fa8b,
        0xda6f396483af6514, 0xb3ce98cb9b2f2fdb, 0x8910c9c4302c566e, 0x7a6224fc691b5536,
    ]),
    CacheLine([
        0xc3b83ea7f57cdd12, 0xbd9a7e4ef61e46ec, 0x20f5c87d65f44d59, 0x336a0302be94eea1,
        0xcac142dedb3e0a57, 0xaed0ca35ca4c1689, 0xff4a0e5c273e91a0, 0xcc19daa47b7ac1d9,
    ]),
    CacheLine([
        0xceb8a9434430520a, 0xa5e7205a7cc50396, 0xc30154dd4f192b82, 0x325eb1ddd14b7da5,
        0xfe9d4274f8c65dca, 0xbbe37226f9f21cdb, 0x1aad068566341917, 0x3408af888f8ef911,
    ]),
    CacheLine([
        0x242915c3268bf16b, 0x3c13d1948b7970ef, 0x6bef860487c9a385, 0x41a512e08640762d,
        0xfcd6bac1651bf858, 0x17630f3240ced484, 0xc80ca773985727b7, 0x48a73d783cee12cc,
    ]),
    CacheLine([
        0x1da0be8b3700debb, 0x085ec13567a8494c, 0xdf349926700f6310, 0x0fd9de728d99e2f7,
        0xd7dc0dd9b1ce6ea2, 0x50943ff668ce3053, 0xa7f86eb014751358, 0xadf824db913e5ff0,
    ]),
    CacheLine([
        0xbf2ecb75f05ca43e, 0x51e7ae1a65194825, 0xeeeaed3619c329ca, 0x86cb6842db49650d,
        0x49a87ea7bed840ee, 0x270b499e84190e55, 0x15fa7ebcf52f7c2a, 0x0aa28cd283c7f590,
    ]),
    CacheLine([
        0x50e0cf33734a73e4, 0x5c2c404aaff6d8ae, 0x3a5faf44ed7f49a0, 0x89037f448e3fb03f,
        0xa00f8a82f8d8e484, 0x1fd6900b1d06ab17, 0x63b6e7eb6954005a, 0x46d5226d0bab3d19,
    ]),
    CacheLine([
        0x5a453fa255f8aef5, 0xe0c0aed9049171c8, 0x119e89c7b79baa9c, 0x40ffe58ef5452258,
        0x9b76119b930d2b7d, 0x7b687aa4fd510bfb, 0x33a473874494f32f, 0x29eac9c08ca87760,
    ]),
    CacheLine([
        0x2a9c77c5033abb7b, 0x61a977745f1d63c9, 0x027150258ccd54ea, 0xf68d01153681f1bf,
        0xf145c823dce2cfa4, 0xb505015d22d7a28d, 0x6a7afc66e5fedc55, 0xef01b1970f3b0305,
    ]),
    CacheLine([
        0xb31ad4e91152eb01, 0x2148f275fd4c86e1, 0xb76142356e5d770c, 0xebe1aebfdde5409d,
        0xea04df749dd5bd7e, 0x55cbf5d19124acb4, 0x3d8a7db7070828aa, 0x72d4e5d11b47f285,
    ]),
    CacheLine([
        0x1cec00c0e31b0ee4, 0xfc0566b550751a7b, 0xcc7515c055702c87, 0x92df77c14cc0347c,
        0x508995ce44409c6f, 0x4cacc1e256d8565c, 0x51e85d2a0af6588f, 0x743289d5999a3a2d,
    ]),
    CacheLine([
        0x757f0f16c3fc695e, 0x59343587ab88cde4, 0x0cca05aa4f9eb506, 0x0278466676416de6,
        0xce468652039621ca, 0x6b4bf6303421e845, 0x18f3a28499759ea2, 0x2ede6ad740bcbf1b,
    ]),
    CacheLine([
        0xf90133969537adf9, 0xad84dd37a91a201c, 0x5e30cda51643f7a0, 0x48fb74c60d85faba,
        0x98754f8cca2343e9, 0x07912de8cec617cd, 0xefa85f408ae9e4cc, 0x2b84eea19a8dbe5c,
    ]),
    CacheLine([
        0xf95ab71204e86cd4, 0x47bd5443f5c55003, 0xf8c6d4c0766c5135, 0x97b93a0cb8580e25,
        0x863bfb12a3faf6ba, 0x6e07c0734bdea46b, 0x9ddec0cce3104a43, 0x0f0f487d2c93a8e6,
    ]),
    CacheLine([
        0xe03ff1fb72e1f981, 0x70fe8647668a0e18, 0xa646fbcf9c4df630, 0x01e4fd4d3085b4ee,
        0x0b553401ec90ffb8, 0x7c853e4622047104, 0x813c4bea0c87020d, 0x13d61e672daa0cb7,
    ]),
    CacheLine([
        0x3db7736750eca088, 0x9487d74fa6342e7a, 0xac97ef5f79f40369, 0x6b1e03bbbe000477,
        0x77ec1c2ed41fb834, 0xa5b91482a12e7f54, 0x8fd23cd3d5665311, 0x37d81580e105e233,
    ]),
    CacheLine([
        0x1475e3b98b0f482a, 0xe239a86483ed5abd, 0xa35fd47a6b21c3e9, 0x1f1a1c34a234c2c1,
        0x9a0e0eff3feac020, 0x04b090a9dc871bc6, 0xd2b5e164be56c8a6, 0x2535f80e7282b543,
    ]),
    CacheLine([
        0xced712a5d39ce7e9, 0x103af527df5ec11c, 0x10af89aab58e5220, 0xd25f0d1d1d4f0d97,
        0xa4c9df9dfc85973d, 0x90a139412a4a1020, 0x5603edc725e07fee, 0x3d751bd123b1c413,
    ]),
    CacheLine([
        0xa508ba37d7bd62db, 0xbb22516b3511645f, 0x7b9994c642ee7388, 0x230c54678a4544cc,
        0xe1ed6decf518039d, 0x4e25bb5b698303ca, 0x034a9360aa247571, 0xe204f791509164ab,
    ]),
    CacheLine([
        0xceccd68b08f403b8, 0x3b53c3f3983a21c2, 0x0ac5dfb40860fa83, 0x3dc0d02bead34094,
        0xdaa3b2bad57ab286, 0x737c557d488ec64d, 0xdc4750ae4d7ec84c, 0xe79529d29a49a676,
    ]),
    CacheLine([
        0x9f0fe5418955d8da, 0x5b10554c6873d19d, 0xa168d09a456d115f, 0x5c202b9c654259bf,
        0x0adf6ca4c4c9bf75, 0xd2ddd78be8fced8f, 0xc654c0fc3e5eaf14, 0x114f33c3173c5b1a,
    ]),
    CacheLine([
        0xdb641de034927dd9, 0xf0a8ccdc67ea487e, 0xcf60471f46573ffe, 0x43aa94a86a0d1243,
        0x5cfd8add4b07f6f0, 0xe6de4ce398aa7f6d, 0xdd94c1f59990f312, 0xcc497c0d59a9cf61,
    ]),
    CacheLine([
        0xa49c98a8767dd0b5, 0x3b018494b92cedba, 0x2da16257db6c1965, 0x9fcc2cfd26f5e641,
        0xfde3f2d5685fa11a, 0xde168123c52af483, 0x59d94ce6e4db9bfb, 0x7b4a9782901e2308,
    ]),
    CacheLine([
        0xfc35e1e3bda379c4, 0xe4545d27047265e8, 0xebce219dc662be91, 0xdf1110a1854e7ba2,
        0x7351734b9c5a48b2, 0xbd01240f9d3a76d7, 0xf2e049d640da0414, 0x96bf1a104b9a410b,
    ]),
    CacheLine([
        0x77a5599de7722e5a, 0x7a3db11f879d0acc, 0x4fca4331718befac, 0x597d5029f3da2fbc,
        0xbbaae004950c6f6d, 0x802300ee1fa5508a, 0xdb0b32838d61b8fb, 0xdabfae2304d8c74b,
    ]),
    CacheLine([
        0xd58d70c4e2de1d75, 0xe3fc7f6d67cec7f9, 0x38d9b3e1e91f21d9, 0xfaf5924120f8b43d,
        0x8c48f70cd2f9df27, 0xdda48840dff250e3, 0xec211141c0509c7f, 0x7fe2ae64bf285a06,
    ]),
    CacheLine([
        0x6d6bb4652b25bc3a, 0xd7139771505c5e02, 0x96afd38b72c843f1, 0xd18da76b4d3d9513,
        0xf624df6fbf2cdbf8, 0xbf0d7398a9f4d9c3, 0x5c5d1f096871c8ce, 0x1d7dfa100b7dd379,
    ]),
    CacheLine([
        0xd7cdc55eddccb5f6, 0x989e16b4e380362b, 0x0ce466a24a428690, 0x3ddf4f7f609bda77,
        0xaa9dd4d1a34f6d12, 0x51351ee1c9c3306c, 0xf269c7a01b2101fb, 0xc79645df03c69109,
    ]),
    CacheLine([
        0xd4c30e05f9aca1b3, 0x038f18b6a5efc245, 0xab58baa74780d032, 0x64e42435bdf44dc7,
        0x6156af9b899537d0, 0x8c35ee8831841cb5, 0xaeeda2f061452838, 0x388434b4b6a1e175,
    ]),
    CacheLine([
        0xd0c2aafbd1ca0c40, 0x6e4835279e1c0540, 0x3de03e1493842609, 0xdf486d7560752470,
        0xc4ca979e2e886aec, 0x71e6a9c49270db5c, 0xb73fd02f2dcec89a, 0x6f34ed9685590c84,
    ]),
    CacheLine([
        0x30fe4ca43dfd967e, 0xcf113185d41fee29, 0x1afa0babd33ad304, 0xa807d80dc4cf68df,
        0x4336179ed848c737, 0xdec25b01a84bca66, 0x16ce9eb7288701e3, 0x8096d564ed70abb0,
    ]),
    CacheLine([
        0x1b6326e5d99beed4, 0x9140b96b8a82738e, 0x705cf094991f531d, 0x4f290bddefc246f5,
        0x600b71d1aeb27a23, 0x32bd996dfdcb2c23, 0x64f64652a44c248b, 0xf5548e8b362bff97,
    ]),
    CacheLine([
        0x9f9c39cf0e01884c, 0xaca0d353c65287d7, 0x73612070f7f0e002, 0x77f990918aad2ccb,
        0xabd26bd07d3766e8, 0xe6be88568ef8e077, 0x5e9b9525758308d6, 0x7a9dea83b51b456d,
    ]),
    CacheLine([
        0x60080a9b478962f0, 0x956a820422755620, 0x27d7a417e93a5428, 0x137ed2d71a1a1d40,
        0x5f5fa3aadacf0352, 0x82fd4d328fb0259b, 0x87a1a261f68fe320, 0x44487cfee5bf0f53,
    ]),
    CacheLine([
        0xb39dfc14f35eb5dd, 0x90d19fd7e31981ca, 0x6af52e53b1b53bb5, 0x0c7a98fb9bfed981,
        0x2e337178f69e1538, 0x323fb3b07b49f7c3, 0xadb597741d5ee6fa, 0xb3d887083cf9bd05,
    ]),
    CacheLine([
        0x1794bbf5ca6f6740, 0x4e2699463958513a, 0xdbda96f1181d1814, 0x5cfc78e21cc8d554,
        0x24b0829ae4c3dd24, 0xc148c67386ad29d3, 0xe0a7d1754ed57159, 0x6028b267441767bf,
    ]),
    CacheLine([
        0x006a5eb002891925, 0x9327ac14056ee5e1, 0x240c3173fedc3713, 0x70d93e60202d7729,
        0xff9ca8dc01739d0a, 0xc9913fb13c0781db, 0x352da5021cfdb109, 0xf57a61c7217ba98d,
    ]),
    CacheLine([
        0x0a1283dac1401526, 0x07a796774ea75910, 0x2a967be26e2a9e64, 0x1bfb4f39c253051f,
        0xaa120c552f2b6ab4, 0x1c9c9f9bb6981734, 0x6f62cb35e4e28f23, 0xd3d7a9984fa7cb8b,
    ]),
    CacheLine([
        0xa5ed3c1abb3c12c4, 0x16f9582621862dc4, 0x7847705a3b139179, 0xa02b742983ef84de,
        0x0afe445e94c2c182, 0x5d6902be53f8b123, 0x20d206251138150a, 0x90c92bb1bc9acd87,
    ]),
    CacheLine([
        0x183eff33e5db4ca4, 0x31fa6e72ee1f3ac1, 0xf9b64d88febecb11, 0x30a8c96e98d33b29,
        0x39e61ce5a7aa1e94, 0x8dbd9ab51af0ae4b, 0x38824e0665eb7669, 0x4d2caa7ecdb7fbe6,
    ]),
    CacheLine([
        0x13a9fb149dc22f25, 0x466a741fb76b34f5, 0x16b5896ee4d09f5a, 0x18912e3e4bfee1e3,
        0xa1058591559454f7, 0xa0d44dda11de355d, 0x7d1736997c86418f, 0x14bdcf764191f57f,
    ]),
    CacheLine([
        0x67bdfb15e95dbee0, 0xf7bbd28827ca5428, 0x135d7c0dece1e6cf, 0xdfb7614548584ed4,
        0x021e5b34e528c164, 0x23043827df4abe46, 0x13838c70a51e811a, 0x2078a74365766df8,
    ]),
    CacheLine([
        0xb7fe480c4b6af30d, 0x262038dd731d60b8, 0x967dd666615c8340, 0xf3af05b1ceed439f,
        0x850b267d8d95ba9b, 0x28fe8bcb24954430, 0x3f15aca5a4574ff7, 0x590c73e25d71cf8e,
    ]),
    CacheLine([
        0x4c9d95f0c8ae1d8b, 0xf74799d006ea50ac, 0x0ab553c09dce9878, 0x0cd25c69348a60af,
        0x21a0b84591fc50d3, 0x6964fb2652ff77a5, 0x8a100e7933473bbb, 0x2abadb16be72099b,
    ]),
    CacheLine([
        0xf058a080b29413ba, 0x6d46307a5350be9b, 0x52e64dd572fbbc3a, 0x3478441fb3f69d6a,
        0xa98b3d0261937eb3, 0xe4d3c4cf79da91c5, 0x8e3881ed4203a74b, 0xf3d017dcdd3ef7ca,
    ]),
    CacheLine([
        0x22cd8165bc635afe, 0xc4e3df10b7de2186, 0xfe904ce6916c2140, 0x08d0fb5112147935,
        0x7cf2cf5c3b578394, 0x8517548c376520ee, 0xc2cc83c7f3a309f9, 0xcbe388656770d257,
    ]),
    CacheLine([
        0x390e39483c705542, 0xc99fa8bf729135b8, 0xaa0f9203fa0017bc, 0x7e3694e1601720eb,
        0x8cef41592c9970b7, 0x15b8b51f7b5c5085, 0x4b778b31b0280efa, 0xb4972d8b8ba3ed5c,
    ]),
    CacheLine([
        0xf36bc4ca77a0b281, 0x5c8188741f3a9fbe, 0x33e891c0f8be0338, 0x40f1264ac0a14fdd,
        0xebf716c5fa859b2f, 0x48f8e8bf604a4382, 0xab5bf4c6059eff8c, 0xe4637e23a0ef07e7,
    ]),
    CacheLine([
        0xc2532f9aa7b926aa, 0x8ed87449c162498f, 0x415bf163717c1954, 0xbf27292c29eefacf,
        0x123d4f0dd0d42bea, 0xfe5be8161ed122cf, 0x9ba0d417e994c42b, 0xd28553944f50c5f8,
    ]),
    CacheLine([
        0xfa278416bb28bb4f, 0xbd05c34b1c8c0709, 0x589b49e197e06ef2, 0x533252cb69c93013,
        0xb20a5f65fc96a562, 0x6dc54826b3f4271a, 0xee55a580bd69919c, 0x42bb4a6d2589235b,
    ]),
    CacheLine([
        0x5a239cbcfde60bad, 0x18abc6699879bfe7, 0x678bd673ad16251d, 0x83c44e349a542961,
        0xaf728a5e3531215d, 0xf72c8e7bc77aa74e, 0x2623b740812593d6, 0x4db4858a9b0d8665,
    ]),
    CacheLine([
        0xc7c00786184ff22d, 0x1d9ce15fca8efe97, 0xa8ffa9653014e090, 0x1e7189795c9a779c,
        0x1116ccec34c73d53, 0xb720fbf0317605e7, 0x896afe87b6156fd7, 0x4e9bf794673814f9,
    ]),
    CacheLine([
        0xb58afc736a74805d, 0x4b2fe778854f547c, 0xba7b8c264f4313c1, 0x4a2ef1d95452ab1a,
        0xfbacd7c262128307, 0xb28ed61385094f37, 0xcd3965de8bc9f5e7, 0x9e8165953ccd4c2c,
    ]),
    CacheLine([
        0xff5c526f22c30c60, 0x504607ced3b3b6d1, 0x6a68b2a29cd7cb2c, 0xd2bcd375a032e7df,
        0x1270a8b265db722d, 0x425aeead8fc4d993, 0x492ed1c873dea834, 0x4ced569a0828fb86,
    ]),
    CacheLine([
        0xb596f055fe845354, 0x044068e7d51c85d7, 0x08ba123397a66242, 0x3d4858993d501da2,
        0x44809e5dfbf4ede0, 0xb96ff058f623989e, 0xc67305eb23cc54bd, 0x6c6ee4646a1e87b7,
    ]),
    CacheLine([
        0xf36d9f615b4518b0, 0x795af0cd6377f1b7, 0xf1254f8536ae9a25, 0xbc91f70e52b372c1,
        0xf5f2a1d80755fc04, 0x66895b992a924937, 0x91c4ff0beafb0f47, 0x772aff84697b19a7,
    ]),
    CacheLine([
        0x7e231c13d5ef4c3a, 0xc1c7123652b0a321, 0x2aab69b120f10e6d, 0xbee9259e47bc2943,
        0x82f10185839ff17c, 0x19827760cea429f0, 0x2cc8e1ec2b1970b0, 0x3361e13d9de529bd,
    ]),
    CacheLine([
        0x3136e37f3a17910f, 0xe017592ffeaef228, 0x1b46e9541ac678e8, 0xb29c3e9f6328c3b8,
        0xbcb434015ef1e86d, 0xbebfc3e21a5c8be5, 0x396e40cb46a1af9a, 0x594cf7c43ecf802e,
    ]),
    CacheLine([
        0x4becce7034938d77, 0x26a12f5324414196, 0x7cf7786b295f2a43, 0x85b5b32ff3333f16,
        0x606a0028180b6181, 0x568099bcea1e5ace, 0x5c85d2ce559cc9a0, 0xfbafb74c5568f303,
    ]),
    CacheLine([
        0xfd584bb7fa06442f, 0xc20eec2bfe51bc1d, 0xc1e85bbe939d894e, 0x8bc644944dbafdaf,
        0x3624536367c145bc, 0x2676e974de99aa0b, 0xf0ef05cf98a7e399, 0xcbd8129afa00e24d,
    ]),
];
