using System.Text.RegularExpressions;

namespace Plumbline.Tidy.Tests;

/// <summary>Dependencies point one way: engines know neither each other nor the product; slices meet only through Contracts.</summary>
public sealed partial class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Plumbline.ObjectStore"] = [],
        ["Plumbline.ObjectStore.Azure"] = ["Plumbline.ObjectStore"],
        ["Plumbline.TraceStore"] = ["Plumbline.ObjectStore"],
        ["Plumbline.Otlp"] = ["Plumbline.TraceStore"],
        ["Plumbline.GraphQL"] = [],
        ["Plumbline.Contracts"] = [],
        ["Plumbline.Features"] = ["Plumbline.Contracts", "Plumbline.ObjectStore", "Plumbline.TraceStore", "Plumbline.Otlp", "Plumbline.GraphQL"],
        ["Plumbline.Host"] = ["Plumbline.Features", "Plumbline.ObjectStore.Azure"],
    };

    /// <summary>What several slices share, and is no slice.</summary>
    private static readonly string[] Shared = ["Kernel", "Grains", "Storage"];

    private static readonly string[] Engines =
        ["Plumbline.ObjectStore", "Plumbline.ObjectStore.Azure", "Plumbline.TraceStore", "Plumbline.Otlp", "Plumbline.GraphQL"];

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void Project_References_OnlyWhatTheLayeringAllows(string project)
    {
        var references = ProjectReference().Matches(Repository.Text($"backend/{project}/{project}.csproj")).Select(m => m.Groups[1].Value).ToArray();
        Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void Backend_Projects_AreAllNamedHere() =>
        Assert.Equal(Allowed.Keys.Order(), Repository.Folders("backend").Order());

    [Fact]
    public void Engines_DoNotNameTheProduct()
    {
        var offenders = Engines.SelectMany(e => Repository.Files($"backend/{e}", ".cs")).Where(f => ProductNamespace().IsMatch(Repository.Text(f)));
        Assert.Empty(offenders);
    }

    [Fact]
    public void Slices_MeetOnlyThroughContracts()
    {
        var slices = Slices().ToArray();
        var offenders =
            from slice in slices
            from file in Repository.Files($"backend/Plumbline.Features/{slice}", ".cs")
            from used in FeatureNamespace().Matches(Repository.Text(file)).Select(m => m.Groups[1].Value)
            where used != slice && slices.Contains(used)
            select $"{file} uses Plumbline.Features.{used}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void SharedFolders_KnowNoSlice()
    {
        var offenders =
            from folder in Shared
            from file in Repository.Files($"backend/Plumbline.Features/{folder}", ".cs")
            from used in FeatureNamespace().Matches(Repository.Text(file)).Select(m => m.Groups[1].Value)
            where !Shared.Contains(used)
            select $"{file} uses Plumbline.Features.{used}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Slices_CarryTheSameWord_InContracts() =>
        Assert.Empty(Repository.Folders("backend/Plumbline.Contracts").Except(Slices()).Except(Shared));

    [Fact]
    public void FrontendFeatures_DoNotImportEachOther()
    {
        var offenders =
            from feature in Repository.Folders("frontend/src/features")
            from file in Repository.Files($"frontend/src/features/{feature}", ".ts", ".tsx")
            from import in FrontendImport().Matches(Repository.Text(file)).Select(m => m.Groups[1].Value)
            where import != feature
            select $"{file} imports features/{import}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Configuration_StopsInHost()
    {
        var offenders = Repository.Files("backend", ".cs")
            .Where(f => !f.StartsWith("backend/Plumbline.Host/", StringComparison.Ordinal) && Configuration().IsMatch(Repository.Text(f)));
        Assert.Empty(offenders);
    }

    [Fact]
    public void GrainCode_DoesNotKnowItsRuntime()
    {
        var offenders = Repository.Files("backend", ".cs").Where(f => !f.StartsWith("backend/Plumbline.Host/", StringComparison.Ordinal))
            .Where(f => Repository.Lines(f).Any(l => l.StartsWith("#if", StringComparison.Ordinal)));
        Assert.Empty(offenders);
    }

    private static IEnumerable<string> Slices() => Repository.Folders("backend/Plumbline.Features").Except(Shared);

    [GeneratedRegex("""<ProjectReference Include="[^"]*/([^/"]+)\.csproj""")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"\bPlumbline\.(Contracts|Features|Host)\b")]
    private static partial Regex ProductNamespace();

    [GeneratedRegex(@"\bPlumbline\.Features\.([A-Z]\w+)")]
    private static partial Regex FeatureNamespace();

    [GeneratedRegex(@"from '(?:@|\.\./\.\.|\.\.)/(?:src/)?features/([\w-]+)")]
    private static partial Regex FrontendImport();

    [GeneratedRegex(@"\bIConfiguration\b|Environment\.GetEnvironmentVariable")]
    private static partial Regex Configuration();
}
