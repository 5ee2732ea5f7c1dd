using Plumbline.Contracts.Access;
using Plumbline.Features.Access;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Tests.Access;

/// <summary>A stranger's wrong passwords keep the stranger out, not the person.</summary>
public sealed class AttemptsBySourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly AccessOptions Options = new() { MaxFailedSignIns = 3, MaxFailedSignInsOfStrangers = 7, LockoutDuration = TimeSpan.FromMinutes(5) };
    private static readonly SignInSource Stranger = new("198.51.100.1");
    private static readonly SignInSource Person = new("203.0.113.7");
    private static readonly SignInSource Known = new("198.51.100.1", "laptop");

    private readonly AttemptsBySource _attempts = new(Options);

    [Fact]
    public void Begin_FromAnotherNetwork_IsNotKeptOut()
    {
        Fail(Stranger, 3);
        Assert.Equal(TimeSpan.FromMinutes(5), _attempts.Begin(Stranger, Now));
        Assert.Null(_attempts.Begin(Person, Now));
    }

    [Fact]
    public void Begin_InABrowserOfThePerson_IsNotKeptOutByAnyStranger()
    {
        for (var i = 0; i < 7; i++) Fail(new($"198.51.100.{i}"), 1);
        Assert.NotNull(_attempts.Begin(Person, Now));
        Assert.Null(_attempts.Begin(Known, Now));
    }

    [Fact]
    public void Begin_InABrowserOfThePerson_WaitsForItsOwnFailures()
    {
        Fail(Known, 3);
        Assert.NotNull(_attempts.Begin(Known, Now));
        Assert.Null(_attempts.Begin(Known with { Device = "phone" }, Now));
        Assert.Null(_attempts.Begin(Stranger, Now));
    }

    [Fact]
    public void Begin_FromManyNetworks_WaitsForThemAll_AndThenStartsAgain()
    {
        for (var i = 0; i < 7; i++) Fail(new($"198.51.100.{i}"), 1);
        Assert.Equal(TimeSpan.FromMinutes(5), _attempts.Begin(Person, Now));
        Assert.Null(_attempts.Begin(Person, Now.AddMinutes(5)));
    }

    [Fact]
    public void Succeeded_AsOftenAsOneLikes_KeepsNobodyOut()
    {
        for (var i = 0; i < 50; i++)
        {
            Fail(Person, 2);
            _attempts.Succeeded(Person);
        }
        Fail(Stranger, 3);
        Assert.NotNull(_attempts.Begin(Stranger, Now));
    }

    [Fact]
    public void Succeeded_DoesNotLetAStrangerGoOn()
    {
        Fail(Stranger, 3);
        Fail(Person, 1);
        _attempts.Succeeded(Person);
        Assert.NotNull(_attempts.Begin(Stranger, Now));
    }

    private void Fail(SignInSource source, int times)
    {
        for (var i = 0; i < times; i++) Assert.Null(_attempts.Begin(source, Now));
    }
}
