using System.Text.RegularExpressions;

namespace Plumbline.Tidy.Tests;

/// <summary>Whoever opens a tenant's grain by its key decides whose it is. Callers reach one through the scope that the gate gave them; only
/// grains, which are the tenant's themselves, and what acts for nobody in particular open them otherwise.</summary>
public sealed partial class GrainFenceTests
{
    /// <summary>What opens a tenant's grains without a scope, and why it may.</summary>
    private static readonly Dictionary<string, string> Openers = new(StringComparer.Ordinal)
    {
        ["backend/Plumbline.Contracts/Access/Ports/ProjectScope.cs"] = "is the scope",
        ["backend/Plumbline.Contracts/Access/Ports/OrganizationScope.cs"] = "is the scope",
        ["backend/Plumbline.Features/Access/Control/AccessControl.cs"] = "is the gate",
        ["backend/Plumbline.Features/Access/Grains/OrganizationCreation.cs"] = "makes the tenant",
        ["backend/Plumbline.Features/Access/Grains/KeySettlement.cs"] = "acts for the organization's grain",
        ["backend/Plumbline.Features/Access/SignIn/Joining.cs"] = "is let in by an invitation",
        ["backend/Plumbline.Features/Reviews/Blinding/TraceOpenings.cs"] = "notes what the gate let somebody read",
        ["backend/Plumbline.Features/Traces/Pricing/PriceBooks.cs"] = "prices what comes in, for nobody",
        ["backend/Plumbline.Features/Traces/Shards/ShardMap.cs"] = "finds the shard of a trace, for readers that were let in and for the intake",
    };

    [Fact]
    public void TenantsGrains_AreOpenedByGatesAlone()
    {
        var everybodys = Repository.Files("backend/Plumbline.Contracts", ".cs").SelectMany(f => AcrossTenants().Matches(Repository.Text(f)))
            .Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("IUserGrain", everybodys);
        var opened = Repository.Files("backend", ".cs").Where(f => !MayOpen().IsMatch(f)).SelectMany(f =>
            GetGrain().Matches(Repository.Text(f)).Where(m => !everybodys.Contains(m.Groups["name"].Value)).Select(m => (File: f, m.Value))).ToArray();
        Assert.Empty(opened.Where(o => !Openers.ContainsKey(o.File)).Select(o => $"{o.File}: {o.Value}"));
        Assert.Empty(Openers.Keys.Except(opened.Select(o => o.File)));
    }

    /// <summary>A scope is the proof that the gate let a caller in: nothing else makes one.</summary>
    [Fact]
    public void Scopes_AreMadeByTheGateAlone()
    {
        var makers = Repository.Files("backend", ".cs").Where(f => MakesScope().IsMatch(Repository.Text(f)));
        Assert.Equal(["backend/Plumbline.Features/Access/Control/AccessControl.cs"], makers);
    }

    [GeneratedRegex(@"AcrossTenants[^\]]*\]\s*public interface (?<name>I\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex AcrossTenants();

    [GeneratedRegex(@"\bGetGrain<(?<name>\w+)>", RegexOptions.ExplicitCapture)]
    private static partial Regex GetGrain();

    [GeneratedRegex(@"(?:Grain|Directory)\.cs$")]
    private static partial Regex MayOpen();

    [GeneratedRegex(@"new (?:Project|Organization)Scope\(")]
    private static partial Regex MakesScope();
}
