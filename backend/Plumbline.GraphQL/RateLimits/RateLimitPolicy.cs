namespace Plumbline.GraphQL.RateLimits;

/// <summary>So many units in a window, refilled steadily: <c>"requests";q=600;w=60</c>.</summary>
/// <param name="Name">What is counted, in the words of the response headers: letters, digits and dashes.</param>
/// <param name="Quota">Units that may be used at once when nothing was used for a window; 1 or more.</param>
/// <param name="Window">Time in which a quota that was used up is there again; longer than zero.</param>
public sealed record RateLimitPolicy(string Name, long Quota, TimeSpan Window);

/// <summary>What is left of a policy after a request.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Remaining">Units that may still be used at once.</param>
/// <param name="FullIn">Time until the whole quota is there again.</param>
public readonly record struct RateLimitState(RateLimitPolicy Policy, long Remaining, TimeSpan FullIn);

/// <summary>Whether a request may go on.</summary>
/// <param name="IsAdmitted">True when every policy had enough left; then all were charged, else none.</param>
/// <param name="States">What is left, by policy.</param>
/// <param name="RetryAfter">Time until the same request would be admitted; zero when it is.</param>
public readonly record struct RateLimitDecision(bool IsAdmitted, IReadOnlyList<RateLimitState> States, TimeSpan RetryAfter);
