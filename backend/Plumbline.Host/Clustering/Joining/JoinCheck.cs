using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Clustering.Joining;

/// <summary>Lets a node join only when it was started with the settings of those that run. Each writes its own down before it is in the table of members, and
/// looks at those of the others once it is there: of two that start at the same time, at least one sees the other.</summary>
internal sealed class JoinCheck(
    SharedSettings settings, IObjectStore store, IMembershipTable table, ILocalSiloDetails self, IOptions<ClusterMembershipOptions> membership,
    TimeProvider clock) : ILifecycleParticipant<ISiloLifecycle>
{
    private const int BeforeJoining = ServiceLifecycleStage.RuntimeGrainServices - 1;
    private const int AfterJoining = ServiceLifecycleStage.AfterRuntimeGrainServices + 1;

    private readonly NodeRecords _records = new(store);

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
            if (node.SiloAddress.Equals(self.SiloAddress)) continue;
            if (node.Status == SiloStatus.Dead) await _records.DeleteAsync(node.SiloAddress, cancellationToken);
            else if (Counts(node)) await CompareAsync(node, cancellationToken);
        }
    }

    // Of those that are still joining, too, one gives way.
    private bool Counts(MembershipEntry node) => !IsSilent(node)
        && (node.Status == SiloStatus.Active || (node.Status == SiloStatus.Joining && node.SiloAddress.CompareTo(self.SiloAddress) < 0));

    // The runtime itself no longer asks such a one whether it can be reached.
    private bool IsSilent(MembershipEntry node) =>
        clock.GetUtcNow().UtcDateTime - LastSign(node)
            > membership.Value.IAmAliveTablePublishTimeout * membership.Value.NumMissedTableIAmAliveLimit;

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
