namespace Plumbline.Contracts;

/// <summary>Why a request was refused; the codes of <c>extensions.code</c> in the API. Stored nowhere, so the order is free.</summary>
[GenerateSerializer]
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
}
