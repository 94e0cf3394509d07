package import Accounts
import HTTPTypes
package import Hummingbird
import NIOCore

/// What is known of a request, on every surface.
package struct SiteContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The network address of the other end, which may be a proxy; nil in tests without a socket.
    package let peerAddress: String?
    /// Who is signed in to the pages; `SignInMiddleware` fills it.
    package var signIn: SignIn?
    /// What a form of this browser must bring; nil when the browser has not been given a form yet.
    package var formToken: String?
    /// Whose key an API call brought; `KeyMiddleware` fills it.
    package var account: Account?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress
    }
}

/// A request of somebody who is signed in: a page that takes this cannot forget the check.
package struct SignedInContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let user: User
    package let account: Account
    package let formToken: String
    /// The same request without the promise.
    package let site: SiteContext

    /// - Throws: `Problem.notSignedIn`, which the pages answer with the way to the sign-in.
    package init(context: SiteContext) throws {
        guard let signIn = context.signIn else { throw Problem.notSignedIn }
        (coreContext, site) = (context.coreContext, context)
        (user, account, formToken) = (signIn.user, signIn.account, signIn.formToken)
    }
}

/// An API call with a valid key.
package struct KeyContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let account: Account

    /// - Throws: `Problem.invalidKey`. With `KeyMiddleware` before it, that has been said already.
    package init(context: SiteContext) throws {
        guard let account = context.account else { throw Problem.invalidKey(.unknownAccount) }
        (coreContext, self.account) = (context.coreContext, account)
    }
}
