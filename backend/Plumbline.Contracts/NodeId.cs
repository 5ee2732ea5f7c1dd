using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plumbline.Contracts;

/// <summary>An id as the API shows it: a kind (<c>prj</c>, <c>trace</c>, <c>pv</c>) and a key, opaque to clients: <c>kind_base64url(key)</c>.</summary>
/// <remarks>Malformed, foreign and missing ids must be indistinguishable from outside: all answer <see cref="Failure.NotFound"/>.</remarks>
public readonly record struct NodeId(string Kind, string Key)
{
    /// <summary>The longest key (characters) that is read; every key of ours is shorter.</summary>
    public const int LongestKey = 300;

    public override string ToString() => $"{Kind}_{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Key))}";

    public static string Format(string kind, string key) => new NodeId(kind, key).ToString();

    /// <summary>An id of something in a project; its key is <c>organization/project/rest</c>.</summary>
    public static string Format(string kind, ProjectKey project, string rest) => Format(kind, project.Child(rest));

    public static bool TryParse([NotNullWhen(true)] string? text, out NodeId id)
    {
        id = default;
        if (text is null || text.Length > LongestKey * 2) return false;
        var split = text.IndexOf('_');
        if (split <= 0 || split == text.Length - 1) return false;
        var kind = text[..split];
        if (kind.AsSpan().ContainsAnyExceptInRange('a', 'z') || !Base64Url.IsValid(text.AsSpan(split + 1))) return false;
        var bytes = Base64Url.DecodeFromChars(text.AsSpan(split + 1));
        if (bytes.Length is 0 or > LongestKey || bytes.AsSpan().ContainsAnyExceptInRange((byte)'!', (byte)'~')) return false;
        id = new NodeId(kind, Encoding.ASCII.GetString(bytes));
        return id.ToString() == text;
    }

    /// <summary>The key of an id of this kind.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is malformed or of another kind.</exception>
    public static string Parse(string? text, string kind) =>
        TryParse(text, out var id) && id.Kind == kind ? id.Key : throw Failure.NotFound();

    /// <summary>The project and the rest of the key of an id of this kind that lives in a project.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is malformed or of another kind.</exception>
    public static (ProjectKey Project, string Key) ParseInProject(string? text, string kind) =>
        ProjectKey.TrySplit(Parse(text, kind), out var project, out var rest) && rest.Length > 0 ? (project, rest) : throw Failure.NotFound();

    /// <summary>The project that a project's id names.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is malformed or of another kind.</exception>
    public static ProjectKey ParseProject(string? text) =>
        ProjectKey.TryParse(Parse(text, NodeKinds.Project), out var project) ? project : throw Failure.NotFound();
}

/// <summary>The kinds of <see cref="NodeId"/>, one for each type of the API that implements Node.</summary>
public static class NodeKinds
{
    public const string Organization = "org";
    public const string Project = "prj";
    public const string User = "usr";
    public const string Invitation = "inv";
    public const string JoinRequest = "join";
    public const string AuditEvent = "aud";
    public const string ApiKey = "key";
    public const string ModelProvider = "mp";
    public const string Trace = "trace";
    public const string Span = "span";
    public const string Comment = "cmt";
    public const string Prompt = "prompt";
    public const string PromptVersion = "pv";
    public const string PlaygroundRun = "run";
    public const string ReviewQueue = "queue";
    public const string ReviewItem = "item";
    public const string ReviewAssignment = "asg";
    public const string Review = "rev";
    public const string Dataset = "ds";
    public const string DatasetItem = "dsi";
}
