import Core

/// Where a loop stands.
struct LoopState {
    /// What a template calls the innermost `for`.
    static let listObject = "forloop"
    /// What it calls the innermost `tablerow`.
    static let tableObject = "tablerowloop"

    let count: Int
    /// Nil for a `for`.
    let columns: Int?
    /// From 0.
    var index = 0

    /// What a table writes before a cell.
    var before: String {
        guard let columns else { return "" }
        let row = column == 0 ? "<tr class=\"row\(index / columns + 1)\">\(index == 0 ? "\n" : "")" : ""
        return "\(row)<td class=\"col\(column + 1)\">"
    }

    /// What it writes after one.
    func after(isLast: Bool) -> String { columns == nil ? "" : isLast || isLastColumn ? "</td></tr>\n" : "</td>" }

    /// `forloop.name`; null when there is no such thing.
    func member(_ name: String) -> JSONValue {
        switch name {
        case "length": .int(Int64(count))
        case "index": .int(Int64(index + 1))
        case "index0": .int(Int64(index))
        case "rindex": .int(Int64(count - index))
        case "rindex0": .int(Int64(count - index - 1))
        case "first": .bool(index == 0)
        case "last": .bool(index == count - 1)
        default: columns == nil ? .null : tableMember(name)
        }
    }

    private func tableMember(_ name: String) -> JSONValue {
        switch name {
        case "row": .int(Int64(index / (columns ?? 1) + 1))
        case "col": .int(Int64(column + 1))
        case "col0": .int(Int64(column))
        case "col_first": .bool(column == 0)
        case "col_last": .bool(isLastColumn)
        default: .null
        }
    }

    private var column: Int { columns.map { index % $0 } ?? 0 }
    private var isLastColumn: Bool { index == count - 1 || column + 1 == columns }
}
