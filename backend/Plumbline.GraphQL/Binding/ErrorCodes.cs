namespace Plumbline.GraphQL;

/// <summary>The codes that the engine itself puts into <c>extensions.code</c>.</summary>
public static class ErrorCodes
{
    /// <summary>The document could not be read.</summary>
    public const string ParseFailed = "GRAPHQL_PARSE_FAILED";

    /// <summary>The document breaks a validation rule.</summary>
    public const string ValidationFailed = "GRAPHQL_VALIDATION_FAILED";

    /// <summary>A variable or the request itself is wrong.</summary>
    public const string BadUserInput = "BAD_USER_INPUT";

    /// <summary>The document exceeds a limit of depth, aliases, root fields, tokens or cost.</summary>
    public const string TooComplex = "QUERY_TOO_COMPLEX";

    /// <summary>The persisted query is not known; send the document with its hash.</summary>
    public const string PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND";

    /// <summary>The field exists but is not served yet.</summary>
    public const string NotImplemented = "NOT_IMPLEMENTED";

    /// <summary>Too many requests.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>The request body or the answer exceeds its limit.</summary>
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";

    /// <summary>The request took longer than allowed.</summary>
    public const string TimedOut = "TIMED_OUT";

    /// <summary>Something failed that is not the caller's doing; <c>extensions.errorId</c> is in the server's log.</summary>
    public const string Internal = "INTERNAL";
}
