using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Plumbline.Host.Clustering.Joining;
using Plumbline.ObjectStore;
using Plumbline.Testing;

namespace Plumbline.Cluster.Tests.Settings;

/// <summary>Beside whom a node may join.</summary>
public sealed class JoinCheckTests
{
    private readonly MemoryObjectStore _store = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly List<MembershipEntry> _members = [];

    [Fact]
    public async Task BesideANodeWithTheSame_ItMay()
    {
        await MemberAsync(1, SiloStatus.Active, value: "here");
        await CheckAsync(2);
    }

    [Fact]
    public async Task BesideANodeWithOthers_ItMayNot_AndIsToldWhich()
    {
        await MemberAsync(1, SiloStatus.Active, value: "there");
        var refused = await Assert.ThrowsAsync<JoinRefusedException>(() => CheckAsync(2));
        Assert.Contains("the node at 10.0.0.1:11111: SETTING is here here and there there.", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SiloStatus.Dead)]
    [InlineData(SiloStatus.ShuttingDown)]
    [InlineData(SiloStatus.Stopping)]
    public async Task BesideOneThatIsGoing_ItMay(SiloStatus status)
    {
        await MemberAsync(1, status, value: "there");
        await CheckAsync(2);
    }

    /// <summary>When all nodes were lost at once, none of them is waited for.</summary>
    [Fact]
    public async Task BesideOneThatNoLongerSaysThatItLives_ItMay()
    {
        await MemberAsync(1, SiloStatus.Active, value: "there");
        _clock.Advance(TimeSpan.FromSeconds(15));
        await Assert.ThrowsAsync<JoinRefusedException>(() => CheckAsync(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await CheckAsync(2);
    }

    [Fact]
    public async Task InThePlaceOfItsPastSelf_ItMay()
    {
        await MemberAsync(1, SiloStatus.Active, value: "there");
        await CheckAsync(1, generation: 2);
    }

    [Fact]
    public async Task OfTwoThatJoinAtTheSameTime_OneGivesWay()
    {
        await MemberAsync(1, SiloStatus.Joining, value: "there");
        await MemberAsync(3, SiloStatus.Joining, value: "there");
        var given = new List<bool>();
        foreach (var machine in new byte[] { 1, 3 })
        {
            try
            {
                await Check(machine, generation: 1, value: machine == 1 ? "there" : "here").CheckRunningAsync();
                given.Add(false);
            }
            catch (JoinRefusedException)
            {
                given.Add(true);
            }
        }
        Assert.Single(given, gaveWay => gaveWay);
    }

    [Fact]
    public async Task WhatTheDeadHaveLeft_IsTakenAway()
    {
        await MemberAsync(1, SiloStatus.Dead, value: "there");
        await MemberAsync(3, SiloStatus.Active, value: "here");
        await CheckAsync(2);
        var left = new List<string>();
        await foreach (var found in _store.ListAsync("cluster/nodes/")) left.Add(found.Name);
        Assert.Equal(["cluster/nodes/10.0.0.3-11111-1.json"], left);
    }

    private Task CheckAsync(byte machine, int generation = 1) => Check(machine, generation, "here").CheckRunningAsync();

    private JoinCheck Check(byte machine, int generation, string value)
    {
        var table = DispatchProxy.Create<IMembershipTable, Table>();
        ((Table)(object)table).Members = _members;
        var self = DispatchProxy.Create<ILocalSiloDetails, Self>();
        ((Self)(object)self).Address = Address(machine, generation);
        var membership = new ClusterMembershipOptions { IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5), NumMissedTableIAmAliveLimit = 3 };
        return new JoinCheck(Settings(value), _store, table, self, Options.Create(membership), _clock);
    }

    private async Task MemberAsync(byte machine, SiloStatus status, string value)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        _members.Add(new MembershipEntry { SiloAddress = Address(machine, 1), Status = status, StartTime = now, IAmAliveTime = now });
        await new NodeRecords(_store).WriteAsync(Address(machine, 1), Settings(value), CancellationToken.None);
    }

    private static SiloAddress Address(byte machine, int generation) => SiloAddress.New(new IPAddress([10, 0, 0, machine]), 11_111, generation);

    private static SharedSettings Settings(string value) => new()
    {
        Values = ImmutableSortedDictionary<string, string>.Empty.Add("SETTING", value),
        Authority = new SharedKey("a", ["a"]),
        MasterKey = new SharedKey("m", ["m"]),
    };

    internal class Table : DispatchProxy
    {
        public List<MembershipEntry> Members { get; set; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IMembershipTable.InitializeMembershipTableAsync) => Task.CompletedTask,
            nameof(IMembershipTable.ReadAllAsync) =>
                Task.FromResult(new MembershipTableData(Members.ConvertAll(m => Tuple.Create(m, "tag")), new TableVersion(1, "tag"))),
            _ => throw new NotSupportedException(targetMethod.Name),
        };
    }

    internal class Self : DispatchProxy
    {
        public SiloAddress Address { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Address;
    }
}
