using Plumbline.Features.Access;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Tests.Access;

public sealed class SignInAttemptsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly AccessOptions Options = new() { MaxFailedSignIns = 3, LockoutDuration = TimeSpan.FromMinutes(5) };

    [Fact]
    public void Begin_UpToTheLimit_IsLetThrough_ThenWaits()
    {
        var attempts = Fail(3);
        Assert.Equal(TimeSpan.FromMinutes(5), attempts.Begin(Now, Options, 3).RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(1), attempts.Begin(Now.AddMinutes(4), Options, 3).RetryAfter);
    }

    [Fact]
    public void Begin_AfterTheWait_StartsAgain()
    {
        var (next, wait) = Fail(3).Begin(Now.AddMinutes(5), Options, 3);
        Assert.Null(wait);
        Assert.Equal(1, next.Failures);
        Assert.Null(next.LockedUntil);
    }

    [Fact]
    public void Begin_WhileLocked_DoesNotProlongTheWait()
    {
        var locked = Fail(3);
        Assert.Same(locked, locked.Begin(Now.AddMinutes(2), Options, 3).Next);
    }

    private static SignInAttempts Fail(int times)
    {
        var attempts = new SignInAttempts();
        for (var i = 0; i < times; i++)
        {
            (attempts, var wait) = attempts.Begin(Now, Options, 3);
            Assert.Null(wait);
        }
        return attempts;
    }
}
