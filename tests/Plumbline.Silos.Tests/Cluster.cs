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
    private readonly List<InProcessSiloHandle> _running = [];
    private readonly List<(Wire Wire, Task End)> _dying = [];

    private Cluster(short silos, bool lastingDirectory, Action<ISiloBuilder>? configure)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Logging.ClearProviders();
            var wire = new Wire();
            host.UseOrleans(wire.Tie);
            host.ConfigureContainer(new SiloParts(wire, lastingDirectory));
            AddShared(host.Services);
            host.Services.AddAccess().AddProjects().AddPrompts().AddPlayground().AddTraces().AddReviews().AddDatasets().AddComments().AddSamples();
            host.Services.Configure<PlaygroundOptions>(playground => playground.AllowPrivateAddresses = true);
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseGrainRules().UseObjectStoreReminders();
            silo.Configure<ClusterMembershipOptions>(Noticing);
            configure?.Invoke(silo);
        });
        _silos = builder.Build();
    }

    public MemoryObjectStore Store { get; } = new();

    /// <summary>Those that run, the oldest first.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => _running;

    /// <summary>What the servers of a cluster keep their secrets sealed with.</summary>
    private IDataProtectionProvider Seals { get; } = new EphemeralDataProtectionProvider();

    /// <summary>Starts a cluster.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="lastingDirectory">Whether grains are found by a directory that outlives all silos. Else it is spread over them as in
    /// the product, and what was known by one that is lost cannot be found until it is taken for dead.</param>
    /// <param name="configure">Adds to each silo.</param>
    public static async Task<Cluster> StartAsync(short silos = 2, bool lastingDirectory = false, Action<ISiloBuilder>? configure = null)
    {
        var cluster = new Cluster(silos, lastingDirectory, configure);
        await cluster._silos.DeployAsync();
        cluster._running.AddRange(cluster._silos.Silos);
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
        _running.Add(joined);
        await SettleAsync();
        return joined;
    }

    /// <summary>Leaves a silo alone with its grains, which write to the store for as long as it lets them; the others have to find out.</summary>
    public static void CutOff(InProcessSiloHandle silo) => WireOf(silo).Cut();

    /// <summary>Ends a silo at once: it says goodbye to nobody. What it is at goes on for a while, as it may on a machine that only seems to be dead.</summary>
    public void Kill(InProcessSiloHandle silo)
    {
        CutOff(silo);
        _running.Remove(silo);
        _dying.Add((WireOf(silo), _silos.KillSiloAsync(silo)));
    }

    /// <summary>Ends a silo in order: its grains make their last writes.</summary>
    public async Task StopAsync(InProcessSiloHandle silo)
    {
        _running.Remove(silo);
        await _silos.StopSiloAsync(silo);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos) WireOf(silo).Mend();
        foreach (var (wire, _) in _dying) wire.Mend();
        await Task.WhenAll(_dying.Select(d => d.End)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _silos.DisposeAsync();
    }

    private static Wire WireOf(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<Wire>();

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

    private static int Known(InProcessSiloHandle silo) =>
        silo.ServiceProvider.GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true).Count;
}
