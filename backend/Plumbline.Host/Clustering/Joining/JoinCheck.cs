using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Clustering.Joining;

/// <summary>Lets a node join only when it was started with the settings of those that run. They are looked at before the node starts, and once more when it is
/// in the table of members, for those that start at the same time: each has written down its own before it is in the table, so of two at least one sees the
/// other.</summary>
internal sealed class JoinCheck(
    SharedSettings settings, IObjectStore store, IMembershipTable table, ILocalSiloDetails self, IOptions<ClusterMembershipOptions> membership,
    TimeProvider clock) : ILifecycleParticipant<ISiloLifecycle>
{
    private const int BeforeJoining = ServiceLifecycleStage.RuntimeGrainServices - 1;
    private const int AfterJoining = ServiceLifecycleStage.AfterRuntimeGrainServices + 1;

    private readonly NodeRecords _records = new(store);

    /// <summary>Compares with the nodes that run, before this one is started.</summary>
    /// <exception cref="JoinRefusedException">They have other settings.</exception>
    public async Task CheckRunningAsync()
    {
        await table.InitializeMembershipTableAsync(true, CancellationToken.None);
        await CheckAsync(CancellationToken.None);
    }

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(JoinCheck), BeforeJoining, WriteAsync, ForgetAsync);
        lifecycle.Subscribe(nameof(JoinCheck), AfterJoining, CheckAsync);
    }

    private Task WriteAsync(CancellationToken cancellationToken) => _records.WriteAsync(self.SiloAddress, settings, cancellationToken);

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var (node, _) in (await table.ReadAllAsync(cancellationToken)).Members)
        {
            if (node.Status == SiloStatus.Dead) await _records.DeleteAsync(node.SiloAddress, cancellationToken);
            else if (Counts(node)) await CompareAsync(node, cancellationToken);
        }
    }

    // What had this node's address is gone. Of two that are joining at the same time one gives way.
    private bool Counts(MembershipEntry node) => !node.SiloAddress.Endpoint.Equals(self.SiloAddress.Endpoint) && !IsSilent(node)
        && (node.Status == SiloStatus.Active || (node.Status == SiloStatus.Joining && node.SiloAddress.CompareTo(self.SiloAddress) < 0));

    // The runtime itself no longer asks such a one whether it can be reached.
    private bool IsSilent(MembershipEntry node) =>
        clock.GetUtcNow().UtcDateTime - LastSign(node) > membership.Value.IAmAliveTablePublishTimeout * membership.Value.NumMissedTableIAmAliveLimit;

    private static DateTime LastSign(MembershipEntry node) => node.IAmAliveTime > node.StartTime ? node.IAmAliveTime : node.StartTime;

    private async Task CompareAsync(MembershipEntry node, CancellationToken cancellationToken)
    {
        if (await _records.ReadAsync(node.SiloAddress, cancellationToken) is not { } theirs) return;
        var differences = settings.DifferencesTo(theirs).ToArray();
        if (differences.Length > 0) throw new JoinRefusedException(node.SiloAddress, differences);
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _records.DeleteAsync(self.SiloAddress, cancellationToken);
        }
        catch (ObjectStoreException)
        {
            // Whoever joins next takes away what the dead have left.
        }
    }
}

/// <summary>A node was started with other settings than those that run.</summary>
internal sealed class JoinRefusedException(SiloAddress node, IReadOnlyList<string> differences) : Exception(
    $"This node cannot join its cluster, because it was started with other settings than the node at {node.Endpoint}: {string.Join("; ", differences)}. "
        + "Start it with the same settings, or stop the other nodes first.");
