/// A key pair made for these tests alone, in each of the forms that it may be written in.
enum TestKeys {
    static let pkcs8 = """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQD0RFDyi+CVUFxj
        HG2/2R74YK87YC5v1o4iMCAFmyLRFZ4sMYwSue5AHOSy995YZOZ0oz76Kzduop7m
        wt7NOpWnYxV1YT0edPSNcFGkMaJw2XGuPCuE3JB1aZWQ6OjfHX4MoaV7NYvxNffp
        FsJEUaS3BpjqGpCnn56+5e3Nu1sA8MSnqqtgcOkGh0mTciBzAvfoMVkl2HlBYFGL
        s6+GX5AWP/ODcE1xNzJPDpVWu7g6vD+3gaKy9OqusKZO9vC6cAQQlSGZNAzPLQ+l
        aSf+FYWNFobTB4AsmkRmstMhMZdWfaghOsK8A6tTxelq2B57sOQtGUWBbmKou+re
        DPkkIicNAgMBAAECggEAFO0XXDgUhOYuDAWe910T9KZfzL/oKoeghJhH3gMU4AGw
        m8ug2ufX2+E9zIFEqKD4R0zG8+qo5I8E+vL94Gog8Qahi31JnabaXpWdQOpJps5S
        GWGpPsggjhZ+DDyP2rFtn4pnoV8Mfp0ngG4FNZIjANUNW5zsAJhBoswS69mdqb5L
        2c0X7rBhJsJ1OxrdDyMgn5B5MTLkvTVuvGHC/YG002XLbePtiev2ehfiv+M95e/m
        8Nr41siu4BW9bt1HjNet6qQ0vIHThGfrDICZAYEf82KeW7I5mck2SLKvJAG6ADKP
        vxBMSJmsbn0ePkeK1GNm7EBcrQzVI5H/yLf1Atn5pwKBgQD7oP8j4EaBgA1EhBr3
        //ACdMHYF9Ec/hzQ5wFO9V4L/6IKjmHd9fEUaPMgPwY/t94z9wdyYpiAKr9tCv1G
        x00vTp8K/6BKTM8BU9Zls8URI+lpayha8RpcEycxNjNig9mOmmYuv30/K91a/rtf
        +ZgZj4Lo5rgU4J68HRpOU+mYhwKBgQD4gpSPmpjkLdUk7cb/gQpxdsJ6QMvWXWHq
        78VljAbnajwdLeYKWyDkYGzmP/5X4QKHSHjVs9nYEibSPHEywXLRXnEioKofptjq
        wdjoinZTDoccV7oP6mpQhJAV4huXv04tGsPra/yswiKofDevws9j4Vpn8GMVBNGu
        kqJLHZksywKBgQDWn7Tfid05edpXNYK3Q2MZBTONuIrReuFjQZX5Hgowm8M/08Ag
        DTWq3fV57KfM02zA0BRW+UfwEgYi4Pu1UitAjYPUYsL6fNcX38WAC7yr6QCevRq3
        rux32pJURFHB1opLOuCrQQN4TVbJ1XpG22JjcugK9TfP/uMFuqEEbEhTowKBgEPn
        ypiC8gxHydpRbvMaW7Qtc27cjdaBpeQAqLvay3gou0xt4lIqHI7LGnbAPcvdnEdD
        MmGSx5AXRaxk/7mSysETQW7o4BPOD6/2UEMassJ3UcwY3KrEr1BZKNYR9uA8UixZ
        B/gohd7fHYFUkBLi9LCiP4XvVePEcVd2kgpciCKJAoGAHxlYj0qwXrIpLZ/BPngG
        kUaFCMEeC9X3VDukRMu3028pAVE2JfZgPBnPOgJOa0BJ4Kepl44MhzSqd79rMViC
        x+Bo+8ZAMpGb9DXiQ0VuZrPX/uh+hMGDdLZr6SE/Z72Y/oklYSSMbPoEvMqnt50I
        zG5QvV9/tRMWHVhXx0pX92o=
        -----END PRIVATE KEY-----
        """

    static let pkcs1 = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEowIBAAKCAQEA9ERQ8ovglVBcYxxtv9ke+GCvO2Aub9aOIjAgBZsi0RWeLDGM
        ErnuQBzksvfeWGTmdKM++is3bqKe5sLezTqVp2MVdWE9HnT0jXBRpDGicNlxrjwr
        hNyQdWmVkOjo3x1+DKGlezWL8TX36RbCRFGktwaY6hqQp5+evuXtzbtbAPDEp6qr
        YHDpBodJk3IgcwL36DFZJdh5QWBRi7Ovhl+QFj/zg3BNcTcyTw6VVru4Orw/t4Gi
        svTqrrCmTvbwunAEEJUhmTQMzy0PpWkn/hWFjRaG0weALJpEZrLTITGXVn2oITrC
        vAOrU8Xpatgee7DkLRlFgW5iqLvq3gz5JCInDQIDAQABAoIBABTtF1w4FITmLgwF
        nvddE/SmX8y/6CqHoISYR94DFOABsJvLoNrn19vhPcyBRKig+EdMxvPqqOSPBPry
        /eBqIPEGoYt9SZ2m2l6VnUDqSabOUhlhqT7III4Wfgw8j9qxbZ+KZ6FfDH6dJ4Bu
        BTWSIwDVDVuc7ACYQaLMEuvZnam+S9nNF+6wYSbCdTsa3Q8jIJ+QeTEy5L01brxh
        wv2BtNNly23j7Ynr9noX4r/jPeXv5vDa+NbIruAVvW7dR4zXreqkNLyB04Rn6wyA
        mQGBH/NinluyOZnJNkiyryQBugAyj78QTEiZrG59Hj5HitRjZuxAXK0M1SOR/8i3
        9QLZ+acCgYEA+6D/I+BGgYANRIQa9//wAnTB2BfRHP4c0OcBTvVeC/+iCo5h3fXx
        FGjzID8GP7feM/cHcmKYgCq/bQr9RsdNL06fCv+gSkzPAVPWZbPFESPpaWsoWvEa
        XBMnMTYzYoPZjppmLr99PyvdWv67X/mYGY+C6Oa4FOCevB0aTlPpmIcCgYEA+IKU
        j5qY5C3VJO3G/4EKcXbCekDL1l1h6u/FZYwG52o8HS3mClsg5GBs5j/+V+ECh0h4
        1bPZ2BIm0jxxMsFy0V5xIqCqH6bY6sHY6Ip2Uw6HHFe6D+pqUISQFeIbl79OLRrD
        62v8rMIiqHw3r8LPY+FaZ/BjFQTRrpKiSx2ZLMsCgYEA1p+034ndOXnaVzWCt0Nj
        GQUzjbiK0XrhY0GV+R4KMJvDP9PAIA01qt31eeynzNNswNAUVvlH8BIGIuD7tVIr
        QI2D1GLC+nzXF9/FgAu8q+kAnr0at67sd9qSVERRwdaKSzrgq0EDeE1WydV6Rtti
        Y3LoCvU3z/7jBbqhBGxIU6MCgYBD58qYgvIMR8naUW7zGlu0LXNu3I3WgaXkAKi7
        2st4KLtMbeJSKhyOyxp2wD3L3ZxHQzJhkseQF0WsZP+5ksrBE0Fu6OATzg+v9lBD
        GrLCd1HMGNyqxK9QWSjWEfbgPFIsWQf4KIXe3x2BVJAS4vSwoj+F71XjxHFXdpIK
        XIgiiQKBgB8ZWI9KsF6yKS2fwT54BpFGhQjBHgvV91Q7pETLt9NvKQFRNiX2YDwZ
        zzoCTmtASeCnqZeODIc0qne/azFYgsfgaPvGQDKRm/Q14kNFbmaz1/7ofoTBg3S2
        a+khP2e9mP6JJWEkjGz6BLzKp7edCMxuUL1ff7UTFh1YV8dKV/dq
        -----END RSA PRIVATE KEY-----
        """

    static let publicHalf = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA9ERQ8ovglVBcYxxtv9ke
        +GCvO2Aub9aOIjAgBZsi0RWeLDGMErnuQBzksvfeWGTmdKM++is3bqKe5sLezTqV
        p2MVdWE9HnT0jXBRpDGicNlxrjwrhNyQdWmVkOjo3x1+DKGlezWL8TX36RbCRFGk
        twaY6hqQp5+evuXtzbtbAPDEp6qrYHDpBodJk3IgcwL36DFZJdh5QWBRi7Ovhl+Q
        Fj/zg3BNcTcyTw6VVru4Orw/t4GisvTqrrCmTvbwunAEEJUhmTQMzy0PpWkn/hWF
        jRaG0weALJpEZrLTITGXVn2oITrCvAOrU8Xpatgee7DkLRlFgW5iqLvq3gz5JCIn
        DQIDAQAB
        -----END PUBLIC KEY-----
        """

    /// Another key's.
    static let otherPublicHalf = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3QQ/x2q7jVf5grnlkvvx
        ex8E42dA2+ttIeuFj4BL2sACaRfLMvGYLo6jRbBAXjx3gBRW0m/1yCk6WlwrjWhv
        Tdy8EM72Xr5hOrXQ2Dz2LVH2Dj5zn5t16fCDolI34/RIJL2CkW2LQhc60qxK2Mbj
        sU+4xJX4CYv9Dk9KT2jMYmnlow+jCeyND8kZmvWTTpfiuGHhV0mk7+WTaKe00jt9
        ipxOLgum2TNXqt4qeyMDngzcmk7YUcWvN7iTP1zwesdV1/MHN2KlBrc/w9QXT1Kx
        LZGzdKdGyxBFp4fFRlGqYO8oG7i4dy+S+Q0oh5KI1KX6LvgjH2CZAGLu7HmjJsZV
        iQIDAQAB
        -----END PUBLIC KEY-----
        """

    /// Of 1,024 bits.
    static let shortPublicHalf = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCrnm9TrYeDWyi+ldC+XoTySEju
        B0gFKJg/JXR792h4htU3zOAm2gCUgitkhLnRavRFlvpH1t4Nd1mm4iBUMraotNbi
        rghVRzEvwNmRJxCRXgRPPKMTqKF1b8+JCyP4yu/EqgI7gomitXbKEUWU2bYIa6hl
        CvH18qNQc+e5wEQsWQIDAQAB
        -----END PUBLIC KEY-----
        """
}
