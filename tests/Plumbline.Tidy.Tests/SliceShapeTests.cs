using System.Text.RegularExpressions;

namespace Plumbline.Tidy.Tests;

/// <summary>Who knows one slice finds their way in all of them: how it is put together lies at its root, what answers callers in <c>Api</c>, what decides in
/// <c>State</c>, what keeps in <c>Grains</c>. Any other folder is named for what it does.</summary>
public sealed partial class SliceShapeTests
{
    private const string Features = "backend/Plumbline.Features";
    private const string Contracts = "backend/Plumbline.Contracts";

    public static TheoryData<string> Slices => [.. Repository.Folders(Contracts).Except(["Grains"])];

    [Theory]
    [MemberData(nameof(Slices))]
    public void Root_HoldsHowItIsPutTogether(string slice)
    {
        var root = Repository.Files($"{Features}/{slice}", ".cs").Where(f => FolderOf(f) == slice).Select(Path.GetFileNameWithoutExtension);
        Assert.Empty(root.Except([$"{slice}Feature", $"{slice}Options"]));
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public void Files_LieWhereTheirNamesSay(string slice)
    {
        var offenders =
            from file in Repository.Files($"{Features}/{slice}", ".cs")
            where FolderNamedBy(Path.GetFileNameWithoutExtension(file)) is { } folder && folder != FolderOf(file)
            select file;
        Assert.Empty(offenders);
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public void Contract_TellsCallsThatLeaveTheProcess(string slice)
    {
        var offenders =
            from file in Repository.Files($"{Contracts}/{slice}", ".cs")
            let text = Repository.Text(file)
            let ofGrains = Grain().IsMatch(text) || GrainsOfSlice().IsMatch(text)
            let isPort = Interface().IsMatch(text) && !ofGrains
            where FolderOf(file) switch { "Grains" => !ofGrains, "Ports" => ofGrains, "Messages" => ofGrains || isPort, _ => true }
            select file;
        Assert.Empty(offenders);
    }

    private static string FolderOf(string file) => file.Split('/')[^2];

    private static string? FolderNamedBy(string? name) => name switch
    {
        _ when OfGrains().IsMatch(name!) => "Grains",
        _ when OfState().IsMatch(name!) => "State",
        _ when OfApi().IsMatch(name!) => "Api",
        _ => null,
    };

    [GeneratedRegex("(Grain|Directory)$|^HeldBy")]
    private static partial Regex OfGrains();

    [GeneratedRegex(@"State(\.\w+)?$|Event$|^Decide")]
    private static partial Regex OfState();

    [GeneratedRegex("(Gate|Mutations?|Resolvers|Nodes|Inputs|Models|Subscription)$")]
    private static partial Regex OfApi();

    [GeneratedRegex(@"^public static class \w+Grains\b", RegexOptions.Multiline)]
    private static partial Regex GrainsOfSlice();

    [GeneratedRegex(@"^public interface (\w+ : IGrainWith|I\w+Grain : I)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Grain();

    [GeneratedRegex(@"^public interface \w+", RegexOptions.Multiline)]
    private static partial Regex Interface();
}
