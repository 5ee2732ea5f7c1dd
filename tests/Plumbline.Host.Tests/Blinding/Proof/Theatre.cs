using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.Features.Playground;
using Plumbline.Host.Configuration;
using Plumbline.Host.Tests.Api;
using Plumbline.Host.Tests.Isolation;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>One server in this process for all pairs of worlds, with a clock that goes ahead when it is told to, and gates that can be lifted.</summary>
public sealed class Theatre : IAsyncLifetime
{
    /// <summary>Longer than any review may be taken back.</summary>
    private static readonly TimeSpan PastUndo = TimeSpan.FromMinutes(2);

    /// <summary>Longer than spans stay in a head.</summary>
    private static readonly TimeSpan PastSealing = TimeSpan.FromMinutes(11);

    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 4 };
    private readonly MovableClock _clock = new();
    private readonly Seals _seals = new();
    private FakeProvider _models = null!;
    private Task<IReadOnlyList<Pair>>? _fixed;
    private Task<(IReadOnlyList<Leak> Leaks, int Requests)>? _proved;

    internal InProcessServer Server { get; private set; } = null!;

    internal Cast Cast { get; private set; } = null!;

    internal ApiSchema Schema { get; private set; } = null!;

    internal GateLog Log { get; } = new();

    internal LiftableBlinding Blinding { get; }

    internal LiftableRules Rules { get; } = new();

    public Theatre() => Blinding = new(Log);

    public async ValueTask InitializeAsync()
    {
        _models = await FakeProvider.StartAsync();
        Server = await InProcessServer.StartAsync(Rules, services =>
        {
            services.Configure<PlaygroundOptions>(playground => playground.AllowPrivateAddresses = true);
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton(new GraphQLOptions { RequestsPerMinute = int.MaxValue, CostPerMinute = int.MaxValue });
            // A silo takes the leap of the clock for a machine that had stopped.
            services.AddLogging(logging => logging.AddFilter("Orleans", LogLevel.None));
            services.AddSingleton<IStartupFilter>(Log);
            Blinding.Replace(services);
        });
        Cast = await Cast.JoinAsync(Server);
        await Runs.SetPricesAsync(Server);
        Schema = await ApiSchema.ReadAsync(Server.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        Cast.Dispose();
        await Server.DisposeAsync();
        await _models.DisposeAsync();
        _seals.Dispose();
    }

    /// <summary>The pairs of the fixed seeds, made once.</summary>
    internal Task<IReadOnlyList<Pair>> FixedAsync() => _fixed ??= MakeAsync(Seeds.Always);

    internal async Task<IReadOnlyList<Pair>> MakeAsync(IEnumerable<int> seeds)
    {
        var plans = seeds.Select(Plan.Of).ToList();
        var aged = await MakeAsync(plans.Where(p => p.IsSealed));
        _clock.Advance(PastSealing);
        var sites = aged.SelectMany(p => p.Sites).ToList();
        await Task.WhenAll(sites.Select(Setup.SendLatecomerAsync));
        await _seals.WaitAsync(sites.Count);
        var fresh = await MakeAsync(plans.Where(p => !p.IsSealed));
        _clock.Advance(PastUndo);
        return [.. aged.Concat(fresh).OrderBy(p => p.Plan.Seed)];
    }

    /// <summary>Asks what is to be asked of the pairs of the fixed seeds, once, and keeps in mind which gates answered.</summary>
    internal Task<(IReadOnlyList<Leak> Leaks, int Requests)> ProveFixedAsync()
    {
        return _proved ??= ProveAsync();
        async Task<(IReadOnlyList<Leak>, int)> ProveAsync() => await this.ProveAsync(await FixedAsync(), isLast: false, isLogged: true);
    }

    /// <summary>Asks everything that is to be asked of the pairs, and tells what told them apart.</summary>
    internal async Task<(IReadOnlyList<Leak> Leaks, int Requests)> ProveAsync(IEnumerable<Pair> pairs, bool isLast, bool isLogged = false)
    {
        var (leaks, requests) = (new ConcurrentBag<Leak>(), 0);
        await Parallel.ForEachAsync(pairs, AtOnce, async (pair, _) =>
        {
            foreach (var caller in Pair.Callers)
                foreach (var question in pair.Of(caller, Seeds.AreAllRequestsAsked))
                {
                    Interlocked.Increment(ref requests);
                    if (await pair.AskAsync(Cast, caller, question, isLogged) is { } leak) leaks.Add(leak);
                }
            foreach (var (caller, question) in pair.OnceEach())
            {
                Interlocked.Increment(ref requests);
                if (await pair.AskAsync(Cast, caller, question, isLogged) is { } leak) leaks.Add(leak);
            }
            if (isLast && await pair.AskAsync(Cast, "ADMIN", Changes.Erasure(pair.Plan)) is { } late) leaks.Add(late);
        });
        return ([.. leaks.OrderBy(l => l.Seed)], requests);
    }

    private async Task<IReadOnlyList<Pair>> MakeAsync(IEnumerable<Plan> plans)
    {
        var made = new ConcurrentBag<Pair>();
        await Parallel.ForEachAsync(plans, AtOnce, async (plan, _) => made.Add(await MakeAsync(plan)));
        return [.. made];
    }

    private async Task<Pair> MakeAsync(Plan plan)
    {
        var isJoiningApart = Schema.Fields("Mutation").Any(f => f.Name == "joinReviewQueue");
        var sites = await Task.WhenAll(new[] { 0, 1 }.Select(async side =>
        {
            var site = await new Setup(Server, Cast, plan, Rules.Watches, _models.BaseUrl).MakeAsync(side);
            await new Acts(Cast, site, isJoiningApart).PlayAsync();
            return site;
        }));
        sites[0].MakeUp(sites[1]);
        sites[1].MakeUp(sites[0]);
        return new Pair(plan, sites[0], sites[1], new Questions(Schema, plan, [.. sites[0].Ids.Keys]).All());
    }
}
