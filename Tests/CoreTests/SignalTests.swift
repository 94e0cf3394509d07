import Core
import Testing

@Suite struct SignalTests {
    private static let long: Duration = .seconds(300)

    @Test func `a signal raised before is not missed`() async {
        let signal = Signal()
        signal.raise()
        signal.raise()
        await signal.wait(atMost: Self.long)
        // Twice is once: now only the limit ends the wait.
        let start = ContinuousClock.now
        await signal.wait(atMost: .milliseconds(20))
        #expect(ContinuousClock.now - start >= .milliseconds(20))
    }

    @Test func `whoever waits is woken`() async {
        let signal = Signal()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait(atMost: Self.long) }
            signal.raise()  // before or while the task waits: it is woken both ways
        }
    }

    @Test func `many rounds of waking lose nothing`() async {
        let (signal, back) = (Signal(), Signal())
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<500 {
                    await signal.wait(atMost: Self.long)
                    back.raise()
                }
            }
            for _ in 0..<500 {
                signal.raise()
                await back.wait(atMost: Self.long)
            }
        }
    }

    @Test func `a wait ends at its limit`() async {
        let start = ContinuousClock.now
        await Signal().wait(atMost: .milliseconds(1))
        await Signal().wait(atMost: .zero)
        #expect(ContinuousClock.now - start < Self.long)
    }

    @Test func `cancelling ends the wait`() async {
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await Signal().wait(atMost: Self.long) } }
            group.cancelAll()
        }
        #expect(ContinuousClock.now - start < Self.long)
    }

    @Test func `a wait that timed out takes no later signal`() async {
        let signal = Signal()
        for _ in 0..<50 { await signal.wait(atMost: .microseconds(1)) }
        signal.raise()
        let start = ContinuousClock.now
        await signal.wait(atMost: Self.long)
        #expect(ContinuousClock.now - start < Self.long)
    }
}
