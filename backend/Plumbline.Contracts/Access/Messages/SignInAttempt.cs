namespace Plumbline.Contracts.Access;

/// <summary>Leave to check a password.</summary>
/// <param name="UserId">The person of the address, or null for an unknown one.</param>
/// <param name="RetryAfter">Set when too many attempts failed: nothing may be checked before that.</param>
[GenerateSerializer, Alias("SignInAttempt"), Immutable]
public sealed record SignInAttempt([property: Id(0)] string? UserId, [property: Id(1)] TimeSpan? RetryAfter);
