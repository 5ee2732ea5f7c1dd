using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using Plumbline.Features.Access;
using Plumbline.Features.Comments;
using Plumbline.Features.Datasets;
using Plumbline.Features.Grains;
using Plumbline.Features.Playground;
using Plumbline.Features.Projects;
using Plumbline.Features.Prompts;
using Plumbline.Features.Reviews;
using Plumbline.Features.Samples;
using Plumbline.Features.Storage;
using Plumbline.Features.Traces;
using Plumbline.ObjectStore;

namespace Plumbline.Silos.Tests;

/// <summary>Silos of the product in this process, over one store, which outlives them all. Their messages are serialized as between machines.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    /// <summary>How long a silo may be silent until the others take it for dead: about three of these.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);

    private readonly InProcessTestCluster _silos;

    private Cluster(Action<IServiceCollection>? configure)
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Logging.ClearProviders();
            if (Environment.GetEnvironmentVariable("DEBUGLOG") is not null) { host.Logging.AddSimpleConsole(c => (c.SingleLine, c.TimestampFormat) = (true, "HH:mm:ss.fff ")); host.Logging.SetMinimumLevel(LogLevel.Warning); host.Logging.AddFilter("Orleans.Messaging", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning); }
            var wire = new Wire();
            host.UseOrleans(wire.Tie);
            host.ConfigureContainer(new SiloParts(wire));
            AddShared(host.Services);
            host.Services.AddAccess().AddProjects().AddPrompts().AddPlayground().AddTraces().AddReviews().AddDatasets().AddComments().AddSamples();
            host.Services.Configure<PlaygroundOptions>(playground => playground.AllowPrivateAddresses = true);
            configure?.Invoke(host.Services);
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseGrainRules().UseObjectStoreReminders();
            silo.Configure<ClusterMembershipOptions>(Noticing);
        });
        _silos = builder.Build();
    }

    public MemoryObjectStore Store { get; } = new();

    /// <summary>Those that run.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => _silos.Silos;

    /// <summary>What the servers of a cluster keep their secrets sealed with.</summary>
    private IDataProtectionProvider Seals { get; } = new EphemeralDataProtectionProvider();

    public static async Task<Cluster> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var cluster = new Cluster(configure);
        await cluster._silos.DeployAsync();
        await cluster.SettleAsync();
        return cluster;
    }

    /// <summary>What a server has in common with the others of its cluster.</summary>
    public void AddShared(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IObjectStore>(Store);
        services.AddSingleton(Seals);
        services.AddStorage();
        services.Configure<AccessOptions>(access => access.PasswordIterations = 1_000);
    }

    /// <summary>Starts another silo and waits until all know each other.</summary>
    public async Task<InProcessSiloHandle> JoinAsync()
    {
        var joined = await _silos.StartAdditionalSiloAsync();
        await SettleAsync();
        return joined;
    }

    /// <summary>Leaves a silo alone with its grains, which write to the store for as long as it lets them; the others have to find out.</summary>
    public static void CutOff(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<Wire>().Cut();

    /// <summary>Ends a silo at once: it says goodbye to nobody, and its grains write nothing more on purpose.</summary>
    public Task KillAsync(InProcessSiloHandle silo)
    {
        CutOff(silo);
        silo.ServiceProvider.GetRequiredService<Wire>().End();
        return _silos.KillSiloAsync(silo);
    }

    /// <summary>Ends a silo in order: its grains make their last writes.</summary>
    public Task StopAsync(InProcessSiloHandle silo) => _silos.StopSiloAsync(silo);

    /// <summary>The silo on which a grain lives, or null.</summary>
    public SiloAddress? HomeOf(IAddressable grain) => _silos.TryGetGrainContext(grain.GetGrainId(), out var found) ? found.Address.SiloAddress : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos) silo.ServiceProvider.GetRequiredService<Wire>().End();
        await _silos.DisposeAsync();
    }

    private static void Noticing(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = Probe;
        membership.MaxProbeTimeout = Probe * 2;
        membership.NumMissedProbesLimit = 2;
        membership.NumVotesForDeathDeclaration = 1;
        membership.TableRefreshTimeout = Probe * 2;
    }

    private async Task SettleAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Silos.Any(s => Known(s) != Silos.Count)) await Task.Delay(20, limit.Token);
    }

    private static int Known(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true).Count;
}
