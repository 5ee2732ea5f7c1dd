using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access;
using Plumbline.Features.Access.Control;

namespace Plumbline.Features.Tests.Access;

public sealed class CurrentCallerTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddAccess().BuildServiceProvider(validateScopes: true);

    [Fact]
    public void Caller_OfARequest_IsTheOneWhoWasSet_AndNobodyElses()
    {
        using var ofAnn = Services.CreateScope();
        using var ofBob = Services.CreateScope();
        ofAnn.ServiceProvider.GetRequiredService<CurrentCaller>().Value = new Caller { UserId = "ann" };
        ofBob.ServiceProvider.GetRequiredService<CurrentCaller>().Value = new Caller { UserId = "bob" };
        Assert.Equal("ann", ofAnn.ServiceProvider.GetRequiredService<Caller>().UserId);
        Assert.Equal("bob", ofBob.ServiceProvider.GetRequiredService<Caller>().UserId);
    }

    [Fact]
    public void Caller_NotResolved_IsRefused()
    {
        using var request = Services.CreateScope();
        Assert.Throws<InvalidOperationException>(request.ServiceProvider.GetRequiredService<Caller>);
        Assert.Throws<InvalidOperationException>(Services.GetRequiredService<Caller>);
    }

    [Fact]
    public void Caller_OnceSet_Stays()
    {
        var current = new CurrentCaller { Value = new Caller { UserId = "ann" } };
        Assert.Throws<InvalidOperationException>(() => current.Value = new Caller { UserId = "bob" });
        Assert.Equal("ann", current.Value.UserId);
    }
}
