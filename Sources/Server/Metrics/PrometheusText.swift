package import CoreMetrics
import Synchronization

/// Keeps the program's metrics and writes them in Prometheus' text format (version 0.0.4). Timers and recorders become
/// summaries of a count and a sum, in seconds.
package final class PrometheusText: MetricsFactory {
    private let cells = Mutex<[MetricKey: MetricCell]>([:])

    package init() {}

    /// One line a value, sorted by name and labels.
    package func text() -> String {
        let all = cells.withLock { $0 }.sorted { $0.key < $1.key }
        var (text, last) = ("", "")
        for (key, cell) in all {
            if key.name != last {
                text += "# TYPE \(key.name) \(cell.kind)\n"
                last = key.name
            }
            text += cell.lines(for: key)
        }
        return text
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, dimensions, kind: .counter)
    }

    package func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        cell(label, dimensions, kind: .counter)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { cell(label, dimensions, kind: .gauge) }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        cell(label, dimensions, kind: aggregate ? .summary : .gauge)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { cell(label, dimensions, kind: .summary) }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func cell(_ label: String, _ dimensions: [(String, String)], kind: MetricCell.Kind) -> MetricCell {
        let key = MetricKey(label: label, dimensions: dimensions)
        return cells.withLock { cells in
            if let known = cells[key] { return known }
            let cell = MetricCell(kind: kind)
            cells[key] = cell
            return cell
        }
    }
}

/// A metric's name and labels, written as Prometheus wants them.
struct MetricKey: Hashable, Comparable {
    let name: String
    let labels: String

    init(label: String, dimensions: [(String, String)]) {
        name = Self.name(label)
        labels = dimensions.map { "\(Self.name($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    }

    static func < (a: Self, b: Self) -> Bool { (a.name, a.labels) < (b.name, b.labels) }

    private static func name(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    private static func escaped(_ text: String) -> String {
        text.flatMap { character -> String in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(character)
            }
        }.reduce(into: "") { $0.append($1) }
    }
}

/// The value behind one name and its labels.
final class MetricCell: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    enum Kind: String { case counter, gauge, summary }

    private struct Values {
        var sum = 0.0
        var count: Int64 = 0
    }

    let kind: Kind
    private let values = Mutex(Values())

    init(kind: Kind) { self.kind = kind }

    func increment(by amount: Int64) { add(Double(amount)) }
    func increment(by amount: Double) { add(amount) }
    func decrement(by amount: Double) { add(-amount) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { values.withLock { $0.sum = value } }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { kind == .gauge ? set(value) : add(value) }
    func recordNanoseconds(_ duration: Int64) { add(Double(duration) / 1e9) }
    func reset() { values.withLock { $0 = Values() } }

    func lines(for key: MetricKey) -> String {
        let now = values.withLock { $0 }
        let labels = key.labels.isEmpty ? "" : "{\(key.labels)}"
        guard kind == .summary else { return "\(key.name)\(labels) \(now.sum)\n" }
        return "\(key.name)_sum\(labels) \(now.sum)\n\(key.name)_count\(labels) \(now.count)\n"
    }

    private func add(_ amount: Double) {
        values.withLock { values in
            values.sum += amount
            values.count += 1
        }
    }
}
