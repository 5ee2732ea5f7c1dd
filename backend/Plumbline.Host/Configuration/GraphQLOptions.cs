namespace Plumbline.Host.Configuration;

/// <summary>What callers of the GraphQL API may ask for, and how much.</summary>
internal sealed record GraphQLOptions
{
    /// <summary>Requests per minute of one API key or one session.</summary>
    public int RequestsPerMinute { get; init; } = 12_000;

    /// <summary>Cost per minute of one API key or one session, by the formula that <c>extensions.cost</c> reports.</summary>
    public int CostPerMinute { get; init; } = 120_000_000;

    /// <summary>Queries and mutations at work at once of one API key, one session, or one network address that sends no credential. What a
    /// page of the web application asks for is far fewer.</summary>
    public int ConcurrentRequests { get; init; } = 32;

    /// <summary>Requests per minute of a network address (of an IPv6 address, its /64) that sends no credential.</summary>
    public int AnonymousRequestsPerMinute { get; init; } = 600;

    /// <summary>Callers whose use is remembered at once.</summary>
    public int MaxRememberedCallers { get; init; } = 100_000;

    /// <summary>Who may ask for the schema; nobody without a credential ever may.</summary>
    public IntrospectionAudience Introspection { get; init; } = IntrospectionAudience.All;
}
