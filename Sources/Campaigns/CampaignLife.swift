package import Core

/// What people do to a campaign; cloning, which makes another one, is always possible.
package enum CampaignAction: String, Hashable, Sendable, CaseIterable {
    case edit, schedule, approve, reject, resume, stop, archive
}

extension Campaign.Status {
    /// Where a campaign stands after something was done to it; the same status when there is nothing left to do.
    /// - Parameter needsApproval: whether somebody has to approve campaigns of this account before they begin.
    /// - Throws: `InputError`, `conflict`, where it cannot be done.
    package func after(
        _ action: CampaignAction, isLive: Bool, needsApproval: Bool
    ) throws(InputError) -> Campaign.Status {
        let ready: Campaign.Status = needsApproval ? .approvalPending : .scheduled
        switch (action, self) {
        case (.edit, .draft), (.edit, .rejected): return .draft
        case (.edit, .approvalPending): return .approvalPending
        case (.edit, .scheduled): return ready
        case (.edit, .running) where isLive: return .running
        case (.schedule, .draft), (.schedule, .rejected): return ready
        case (.schedule, .approvalPending), (.schedule, .scheduled), (.schedule, .running), (.schedule, .completed): return self
        case (.approve, .approvalPending): return .scheduled
        case (.approve, .scheduled), (.approve, .running), (.approve, .completed): return self
        case (.reject, .approvalPending), (.reject, .rejected): return .rejected
        case (.resume, .scheduled), (.resume, .running): return self
        case (.stop, .draft), (.stop, .approvalPending), (.stop, .rejected), (.stop, .scheduled), (.stop, .running), (.stop, .stopped):
            return .stopped
        case (.archive, .draft), (.archive, .stopped), (.archive, .completed), (.archive, .expired), (.archive, .archived):
            return .archived
        default: throw InputError(.conflict, code: "campaign_\(rawValue)", "The campaign \(state). \(advice(on: action))")
        }
    }

    private var state: String {
        switch self {
        case .draft: "is a draft"
        case .approvalPending: "waits for approval"
        case .rejected: "was rejected"
        case .scheduled: "is scheduled"
        case .running: "runs"
        case .completed: "is completed"
        case .stopped: "was stopped, for good"
        case .expired: "has expired, because nobody approved it before its start"
        case .archived: "is archived, and can only be read and cloned"
        }
    }

    private func advice(on action: CampaignAction) -> String {
        switch action {
        case .edit, .schedule: "Clone it to send it another way."
        case .approve, .reject: "Only one that waits for approval can be approved or rejected."
        case .resume: "Only one that is held can be resumed."
        case .stop: "There is nothing left to stop."
        case .archive: "Drafts and campaigns that are stopped, completed or expired can be archived."
        }
    }
}
