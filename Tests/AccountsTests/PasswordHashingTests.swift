import Accounts
import Testing

@Suite struct PasswordHashingTests {
    @Test func `a hash carries its cost and its own salt`() async throws {
        let (first, second) = (try await cheap.hash("correct horse"), try await cheap.hash("correct horse"))
        #expect(first.hasPrefix("$scrypt$ln=1,r=8,p=1$"))
        #expect(first != second)
        #expect(try await cheap.verify("correct horse", against: first))
        #expect(try await cheap.verify("correct horsf", against: first) == false)
    }

    @Test func `a hash made at another cost is still checked`() async throws {
        let hash = try await PasswordHashing(logRounds: 4, blockSize: 4, parallelism: 2).hash("correct horse")
        #expect(try await cheap.verify("correct horse", against: hash))
    }

    // RFC 7914, section 12, second vector, cut to 32 bytes: scrypt's output for a shorter key is a prefix.
    @Test func `the standard's vector is right`() async throws {
        let hash = "$scrypt$ln=10,r=8,p=16$TmFDbA==$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI="
        #expect(try await cheap.verify("password", against: hash))
    }

    @Test(arguments: [
        nil, "", "password", "$2b$12$abcdefghijklmnopqrstuv", "$scrypt$ln=30,r=8,p=1$TmFDbA==$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI=",
        "$scrypt$ln=1,r=8,p=1$TmFDbA==$", "$scrypt$ln=1,r=8$TmFDbA==$AAAA",
    ])
    func `a text that is no hash of ours matches nothing`(hash: String?) async throws {
        #expect(try await cheap.verify("password", against: hash) == false)
    }
}
