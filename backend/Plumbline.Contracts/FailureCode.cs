namespace Plumbline.Contracts;

/// <summary>Why a request was refused; the codes of <c>extensions.code</c> in the API. Stored nowhere, so the order is free.</summary>
[GenerateSerializer, Alias("FailureCode")]
public enum FailureCode
{
    Internal,
    Unauthenticated,
    Forbidden,
    NotFound,
    BadUserInput,
    Conflict,
    LeaseExpired,
    Blinded,
    RateLimited,
    ProviderError,
    PayloadTooLarge,
    NotImplemented,

    /// <summary>Nothing was changed, and the same request may succeed later.</summary>
    Unavailable,

    /// <summary>The request, or a part of it, may have been carried out: nobody could tell before touch was lost. Repeating it is safe
    /// where it is named by a request id or by its content.</summary>
    OutcomeUnknown,

    /// <summary>Nothing was changed; it took longer than it may, and would again.</summary>
    TimedOut,
}
