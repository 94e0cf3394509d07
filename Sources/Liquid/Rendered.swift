/// What a template comes to.
package enum Rendered: Hashable, Sendable {
    case text(String)
    /// It reached `{% abort %}`.
    case aborted
    /// This output tag, such as `Profile.Name`, found nothing and has no default.
    case missing(String)
    /// A limit was passed. The same template and scope always pass it, whatever the machine's load.
    case timedOut
}

/// How much one rendering may do.
package struct RenderLimits: Hashable, Sendable {
    /// Tags, conditions and filters; a filter on a long text or list counts for several.
    package var steps: Int
    /// UTF-8 bytes written in all, captured text included. No value in between may be longer either.
    package var outputBytes: Int
    /// Items of any one loop.
    package var loopItems: Int

    package init(steps: Int = 10_000, outputBytes: Int = 16 * 1024, loopItems: Int = 1000) {
        (self.steps, self.outputBytes, self.loopItems) = (steps, outputBytes, loopItems)
    }
}
