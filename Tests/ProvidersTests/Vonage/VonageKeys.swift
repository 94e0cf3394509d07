/// RSA and other keys in PEM, made for these tests and used nowhere.
enum VonageKeys {
    /// As Vonage hands it out for an application.
    static let pkcs8 = """
        -----BEGIN PRIVATE KEY-----
        MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQCsF1/5rMEywiHc
        2v1lUMBvhJGIVrZY+vz4km/ay7C+zKJ1IggV6KNj6Wmkgm/73Ik/rECJDllmr5iR
        IDRQXHeD+mco3tQ/dt+Hk8Uo7a6IrmyKt7+WQTKn+oTqDLPMmPjszBQNL+Ii2ZcT
        gLXbwHYXUCszX2F6Z0qxlYuPDj5Vu2UXC804aLuTrSKWlvkSQ673+nUYLRJWFT29
        d6aCYCUuaIfM5BOWRAdyM5YrUHkN0av0g2mBlF9F/EVL3ed30lbC7u7qm31ARyJQ
        qRBTypG/PuYBZ7Y/qkaACRZha+L1mAITOGqHuvOg79T3tn1vqzYYSZWT/QCHY1ce
        BDLzxqC7AgMBAAECggEAHjTmKE2eBdpUlk8sHk4L0SdMYkmSLVE0+S6/CoEpb3w8
        4eGM2MeicmWkoPcyT9u4jaAfHc+SerdEyOiFtjtc0SIxXFesms0zVDloaJQ7yAsR
        y1GQg//CtACBtxFut/F79BioRl5Ky8I0xfwYL8/7CoGMa7KIyjL6ReyReBVQdLyr
        qGjk8OCqGvx2h3f6VB0eT4Ss7tyEWu73ygSCSsag3eq+8/yy9Zl20gt+zM/l2byz
        ol0IMM+LpppxV9iUFfj+AbDmOaDU77tbmgvqLwS8YbI7Iup3c4AJYoYDT10PSW+t
        zZcdjNIjgYi5BW4/yrEYPZmO5FhedcErY6Uida3X5QKBgQDdxP7R/RFvAmEK3Xhl
        o8q63N0ARAVG6u2ogeGWUJv2AZEv0RkmL44mwaJmdsZDWg7+xPJhLD+wqccwLXzw
        DuxOPyVjt9pFX5XicMKbu4NofzqxWhUH/sMovuAKEuPOkSiBBlD8/awleisuFvPW
        CcWtRBndwS9bjPRLYjg9Z7o/XwKBgQDGp2TdulqarRR33MJcBEyi3UKWocMcvHPo
        13sKNnxpYTa0k+KKRlrN+Uww45SksQWkVp5n85i/QMCHIZAXTHp1GX4gYMOK2caj
        r7Vm/OmshHH9JgvwF8+Vx9mX8V4gmUowlbDNVV33iktmMWoRB0ZUhwN/1ZRJ8fO7
        kTw3tm+IJQKBgQC4kFA6VtEBgAtfTX37qNr5tQJATFvP74imqqEhxihmDlvUXcL+
        Yql9W71aZRMPzo2YPjQx5u+CiWl6kQDfkKvdWvQ1DzeacLh+4bU0glQUzX39R6kl
        JEMrT9+IwrvQmEILT0RrqHpyHkB9dSCtSyi20Gxuf254VNCjRDTl9cOtJQKBgQC+
        4QFufC2rCjvsoFaxDACHTYs6KdzMs9e8F7DGM2x/5UUnZiH7M3b1C2JGZ6bgSKhf
        LEuxHsPaoWFddsZ5XKcd9YzXl6LMvEy944uulb4CYpEU6YX3ASoZhZpzAR2svR4o
        aO0ln61Wua+RVlHQYukVN1YJczO1iaLky7zM26N3cQKBgQChYAes3ASlodCGDQ3z
        iDGiFNk0Qa/EyUVJygiJbqcJ08GenRe26aZlKwHYWBe7XR23PpxHjrAkcO/AZMRA
        gE8uNGm5e+HIbmkFyhq0SIAH3PlQ91amARNMm+hfUIss3GEadj1WANitxw2R2Cgo
        q9qDX1Wz2F891ge+0Un0HnzdoQ==
        -----END PRIVATE KEY-----
        """

    /// The same key in the older form.
    static let pkcs1 = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEpQIBAAKCAQEArBdf+azBMsIh3Nr9ZVDAb4SRiFa2WPr8+JJv2suwvsyidSII
        FeijY+lppIJv+9yJP6xAiQ5ZZq+YkSA0UFx3g/pnKN7UP3bfh5PFKO2uiK5sire/
        lkEyp/qE6gyzzJj47MwUDS/iItmXE4C128B2F1ArM19hemdKsZWLjw4+VbtlFwvN
        OGi7k60ilpb5EkOu9/p1GC0SVhU9vXemgmAlLmiHzOQTlkQHcjOWK1B5DdGr9INp
        gZRfRfxFS93nd9JWwu7u6pt9QEciUKkQU8qRvz7mAWe2P6pGgAkWYWvi9ZgCEzhq
        h7rzoO/U97Z9b6s2GEmVk/0Ah2NXHgQy88aguwIDAQABAoIBAB405ihNngXaVJZP
        LB5OC9EnTGJJki1RNPkuvwqBKW98POHhjNjHonJlpKD3Mk/buI2gHx3Pknq3RMjo
        hbY7XNEiMVxXrJrNM1Q5aGiUO8gLEctRkIP/wrQAgbcRbrfxe/QYqEZeSsvCNMX8
        GC/P+wqBjGuyiMoy+kXskXgVUHS8q6ho5PDgqhr8dod3+lQdHk+ErO7chFru98oE
        gkrGoN3qvvP8svWZdtILfszP5dm8s6JdCDDPi6aacVfYlBX4/gGw5jmg1O+7W5oL
        6i8EvGGyOyLqd3OACWKGA09dD0lvrc2XHYzSI4GIuQVuP8qxGD2ZjuRYXnXBK2Ol
        InWt1+UCgYEA3cT+0f0RbwJhCt14ZaPKutzdAEQFRurtqIHhllCb9gGRL9EZJi+O
        JsGiZnbGQ1oO/sTyYSw/sKnHMC188A7sTj8lY7faRV+V4nDCm7uDaH86sVoVB/7D
        KL7gChLjzpEogQZQ/P2sJXorLhbz1gnFrUQZ3cEvW4z0S2I4PWe6P18CgYEAxqdk
        3bpamq0Ud9zCXARMot1ClqHDHLxz6Nd7CjZ8aWE2tJPiikZazflMMOOUpLEFpFae
        Z/OYv0DAhyGQF0x6dRl+IGDDitnGo6+1ZvzprIRx/SYL8BfPlcfZl/FeIJlKMJWw
        zVVd94pLZjFqEQdGVIcDf9WUSfHzu5E8N7ZviCUCgYEAuJBQOlbRAYALX019+6ja
        +bUCQExbz++IpqqhIcYoZg5b1F3C/mKpfVu9WmUTD86NmD40MebvgolpepEA35Cr
        3Vr0NQ83mnC4fuG1NIJUFM19/UepJSRDK0/fiMK70JhCC09Ea6h6ch5AfXUgrUso
        ttBsbn9ueFTQo0Q05fXDrSUCgYEAvuEBbnwtqwo77KBWsQwAh02LOinczLPXvBew
        xjNsf+VFJ2Yh+zN29QtiRmem4EioXyxLsR7D2qFhXXbGeVynHfWM15eizLxMveOL
        rpW+AmKRFOmF9wEqGYWacwEdrL0eKGjtJZ+tVrmvkVZR0GLpFTdWCXMztYmi5Mu8
        zNujd3ECgYEAoWAHrNwEpaHQhg0N84gxohTZNEGvxMlFScoIiW6nCdPBnp0Xtumm
        ZSsB2FgXu10dtz6cR46wJHDvwGTEQIBPLjRpuXvhyG5pBcoatEiAB9z5UPdWpgET
        TJvoX1CLLNxhGnY9VgDYrccNkdgoKKvag19Vs9hfPdYHvtFJ9B583aE=
        -----END RSA PRIVATE KEY-----
        """

    /// The other half of it.
    static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArBdf+azBMsIh3Nr9ZVDA
        b4SRiFa2WPr8+JJv2suwvsyidSIIFeijY+lppIJv+9yJP6xAiQ5ZZq+YkSA0UFx3
        g/pnKN7UP3bfh5PFKO2uiK5sire/lkEyp/qE6gyzzJj47MwUDS/iItmXE4C128B2
        F1ArM19hemdKsZWLjw4+VbtlFwvNOGi7k60ilpb5EkOu9/p1GC0SVhU9vXemgmAl
        LmiHzOQTlkQHcjOWK1B5DdGr9INpgZRfRfxFS93nd9JWwu7u6pt9QEciUKkQU8qR
        vz7mAWe2P6pGgAkWYWvi9ZgCEzhqh7rzoO/U97Z9b6s2GEmVk/0Ah2NXHgQy88ag
        uwIDAQAB
        -----END PUBLIC KEY-----
        """

    /// Of 1,024 bits.
    static let small = """
        -----BEGIN RSA PRIVATE KEY-----
        MIICXQIBAAKBgQC2FBuJgkTMntHzVr84XTBsF/eBapTQvmDeKMuEGT0EMAl07d/8
        6vS5lBcIodjJzB7pi1f1o/kqbW0gKRbzSvIetJ8+Yt+cvS7Pr6i4f/VUVzECDSNk
        VkXkToYjuUOBfcKFhhf4pxj7KA6utir6sFg2p7rIPLY6DudX1vg5UkEUEwIDAQAB
        AoGAMYDCA97RCbjcaAZbst1TPvA9MIhjsWUxPPVmb6HU/wB4cbwCu+a9Zn8mzAgE
        wsimVuS1o2lTYv+hPa8uODNWJCF2kxL6bGwLZOngefHglgg3WrAiASVYc3pZCQrF
        HWlSetPoaFzPwpZ6ui5c8X5Vcx8SqtYsQvHvYxzCBD86iGECQQDjM8HT/B+TNai3
        j8VvuE0rQiy6URbK52C9GzX8YSEpjab7gEoq9GMFzFop0rw3vNoTYdxKGwOgF4vF
        0qc0GhYZAkEAzSgudn/1pJ3npc8pG95RnMi3u93dX1MCE6Mkn9wUqdady77mpPHi
        ufYAKqiIGb04ItGGEfC9mXMcm+unxB1JCwJBAInPsxoqK9zXB2eQRWnmmKhMk2TQ
        GssoXX1XK//RypOx4D9dKZ+0bPvvYCFOOex1GLH5Ae3RRPmuTpHHnLP1vsECQBxq
        JU1KWcZsDGp9r87pUtppPnFpwEB0qcP4g5kUjVQcooxWq3FLA0EIXmuKHheaiozg
        Aja35jq7o8nAsOLLv5MCQQDi/ALGBMyLpQUUB9W4kkajkFdH/0MRGX+b0BOx9PHn
        9BWTD8HXZUn2bK1sjUAKmup6U6gi2DRO/fMl3htVl6qt
        -----END RSA PRIVATE KEY-----
        """

    /// Not RSA at all.
    static let ellipticCurve = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIHwvAfQsnmLFqQvOVTjgf0PIYCJRjaS57A44lwtN/i3EoAoGCCqGSM49
        AwEHoUQDQgAEwIknbOfRRsdAscYuI6PgvGCFs2NKKyBCUVsSeHs6cOK77x6WoNQl
        3qCHgI9omTpoHKn1spr93tDnifX8hM8QHQ==
        -----END EC PRIVATE KEY-----
        """

    /// As it is written into a setting of one line.
    static let oneLine = pkcs8.split(separator: "\n").joined(separator: #"\n"#)

    /// From a file of another system.
    static let carriageReturns = pkcs8.split(separator: "\n").joined(separator: "\r\n")
}
