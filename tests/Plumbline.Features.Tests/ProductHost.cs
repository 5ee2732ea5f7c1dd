using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Access;
using Plumbline.Features.Access.SignIn;
using Plumbline.Features.Access.State;
using Plumbline.Features.Projects;
using Plumbline.Features.Storage;
using Plumbline.ObjectStore;
using Plumbline.Testing;

namespace Plumbline.Features.Tests;

/// <summary>The product without its transports: real grains over a store in memory and a clock that tests move.</summary>
internal sealed class ProductHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Sharing _sharing;

    private ProductHost(IHost host, MemoryObjectStore store, Sharing sharing) => (_host, Store, _sharing) = (host, store, sharing);

    public MemoryObjectStore Store { get; }

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Get<IGrainFactory>();

    /// <summary>The time, which a test may move unless others look at the same clock.</summary>
    public ManualTimeProvider Clock =>
        _sharing == Sharing.ByAll ? throw new InvalidOperationException("A test that moves the clock needs a host that only its class has.") : MovableClock;

    public DateTimeOffset Now => MovableClock.GetUtcNow();

    private ManualTimeProvider MovableClock => (ManualTimeProvider)Get<TimeProvider>();

    /// <summary>Starts on a new store, or again on one that an earlier host left.</summary>
    public static async Task<ProductHost> StartAsync(
        Action<IServiceCollection>? configure = null, MemoryObjectStore? store = null, ManualTimeProvider? clock = null, Sharing sharing = Sharing.ByNobody)
    {
        store ??= new MemoryObjectStore();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock ?? new ManualTimeProvider());
        builder.Services.AddSingleton<IObjectStore>(store);
        builder.Services.AddStorage().AddAccess().AddProjects();
        builder.Services.Configure<AccessOptions>(o => o.PasswordIterations = 1_000);
        builder.UseOrleans(silo => silo.UseTestSilo());
        configure?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new ProductHost(host, store, sharing);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Sets options until what is returned is disposed.</summary>
    public IDisposable Set<TOptions>(Action<TOptions> set) where TOptions : class => _sharing == Sharing.ByAll
        ? throw new InvalidOperationException("A test that sets options needs a host that only its class has.")
        : new OptionsOfOneTest<TOptions>(Get<IOptions<TOptions>>(), set);

    /// <summary>Stops this host and starts another one on the same store, at the same time.</summary>
    public async Task<ProductHost> RestartAsync(Action<IServiceCollection>? configure = null)
    {
        if (_sharing != Sharing.ByNobody) throw new InvalidOperationException("What shares a host restarts it where it is shared.");
        var clock = Clock;
        await DisposeAsync();
        return await StartAsync(configure, Store, clock);
    }

    /// <summary>A person with an organization of their own, by a name that nobody else has unless one is given.</summary>
    public async Task<Tenant> AddTenantAsync(string? named = null)
    {
        var name = named ?? RandomId.New();
        var owner = await AddPersonAsync($"{name}@example.com");
        var organization = await Grains.GetGrain<IOrganizationSlugGrain>(name).CreateAsync(new NewOrganization(name, name, owner.UserId));
        await Grains.GetGrain<IUserGrain>(owner.UserId!).RememberOrganizationAsync(organization!);
        var project = await Grains.GetGrain<IOrganizationProjectsGrain>(organization!).CreateAsync("main", "Main");
        return new Tenant(organization!, project!, owner);
    }

    public async Task<Caller> AddPersonAsync(string email)
    {
        var grain = Grains.GetGrain<IEmailGrain>(EmailAddress.GrainKey(email));
        return new Caller { UserId = await grain.RegisterAsync(new NewUser(email, email.Split('@')[0], "")) };
    }

    /// <summary>A new person who has accepted an invitation with this role.</summary>
    public async Task<Caller> AddMemberAsync(Tenant tenant, Role role, string? email = null)
    {
        var address = email ?? $"{RandomId.New()}@example.com";
        var person = await AddPersonAsync(address);
        var token = InvitationToken.New(tenant.Organization);
        var organization = Grains.GetGrain<IOrganizationGrain>(tenant.Organization);
        await organization.InviteAsync(tenant.Owner.UserId!, new NewInvitation(token.InvitationId, address, role, token.SecretHash));
        await Grains.GetGrain<IUserGrain>(person.UserId!).RememberOrganizationAsync(tenant.Organization);
        await organization.JoinAsync(token.InvitationId, token.SecretHash, new Joiner(person.UserId!, address));
        return person;
    }

    /// <summary>Ends the grain's activation; the next call finds what was stored.</summary>
    public Task ReloadAsync(IAddressable grain) => TestSilo.ReloadAsync(grain);

    /// <summary>Ends the host, unless it is shared: then the last to share it does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_sharing == Sharing.ByNobody) await StopAsync();
    }

    public async Task StopAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>Who else uses a host.</summary>
internal enum Sharing
{
    /// <summary>Nobody: whoever has it does with it as they like.</summary>
    ByNobody,

    /// <summary>The tests of a class, which run one after another: each may move the clock on, but must not rely on where it stands.</summary>
    ByOneClass,

    /// <summary>Tests that run at the same time.</summary>
    ByAll,
}

/// <summary>An organization with one project and its owner.</summary>
internal sealed record Tenant(string Organization, ProjectView Project, Caller Owner)
{
    public ProjectKey Key => Project.Key;
}
