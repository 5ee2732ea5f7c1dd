namespace Plumbline.Features.Access.State;

/// <summary>Failed sign-ins in a row. An attempt counts as failed until it has succeeded, so that many at once are counted too.</summary>
internal sealed record SignInAttempts
{
    public int Failures { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Counts an attempt, or tells how long to wait.</summary>
    public (SignInAttempts Next, TimeSpan? RetryAfter) Begin(DateTimeOffset now, AccessOptions options, int most)
    {
        if (LockedUntil is { } until && until > now && Failures >= most) return (this, until - now);
        var failures = LockedUntil <= now ? 1 : Failures + 1;
        var locked = failures >= most ? now + options.LockoutDuration : (DateTimeOffset?)null;
        return (new SignInAttempts { Failures = failures, LockedUntil = locked }, null);
    }
}
