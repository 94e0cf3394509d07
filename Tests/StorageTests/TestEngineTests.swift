import Storage
import StorageTesting
import Testing

/// Tests stand on this: whatever one leaves behind, the next begins with nothing.
@Suite struct TestEngineTests {
    private static let count = Query("t.accounts", "SELECT COUNT(*) FROM account")

    @Test(arguments: TestEngine.available)
    func `each test has an empty database`(kind: TestEngine) async throws {
        for round in 0..<12 {
            let engine = try await kind.make()
            #expect(try await engine.read { try $0.row(Self.count)?.int(0) } == 0)
            let withAccount = try await kind.makeWithAccount()
            #expect(try await withAccount.read { try $0.row(Self.count)?.int(0) } == 1)
            if round % 3 == 1 { try await engine.write { try $0.execute("CREATE TABLE left_behind (id \($0.dialect.integerType))") } }
            if round % 3 == 2 { await engine.close() }
        }
    }
}
