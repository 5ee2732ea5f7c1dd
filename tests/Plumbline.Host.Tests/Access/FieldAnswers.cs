using Plumbline.Host.Tests.Isolation;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Access;

/// <summary>What every role of people and every scope of keys is answered that asks for every field of what an organization and a project are made
/// of.</summary>
public sealed class FieldAnswers : IAsyncLifetime
{
    public const string Pattern = "SECRET-[0-9]+";

    /// <summary>Where the things are whose fields are asked for.</summary>
    private static readonly (string Type, string Around)[] Places =
    [
        ("Viewer", "{{ viewer {{ {0} }} }}"),
        ("Organization", "{{ viewer {{ organizations {{ {0} }} }} }}"),
        ("Project", "{{ viewer {{ organizations {{ projects {{ {0} }} }} }} }}"),
        ("ProjectSettings", "{{ viewer {{ organizations {{ projects {{ settings {{ {0} }} }} }} }} }}"),
        ("RedactionRule", "{{ viewer {{ organizations {{ projects {{ settings {{ redaction {{ {0} }} }} }} }} }} }}"),
        ("ApiKey", "{{ viewer {{ organizations {{ projects {{ apiKeys {{ {0} }} }} }} }} }}"),
        ("ModelProvider", "{{ viewer {{ organizations {{ projects {{ providers {{ {0} }} }} }} }} }}"),
        ("Membership", "{{ viewer {{ organizations {{ members {{ nodes {{ {0} }} }} }} }} }}"),
        ("User", "{{ viewer {{ organizations {{ members {{ nodes {{ user {{ {0} }} }} }} }} }} }}"),
        ("Invitation", "{{ viewer {{ organizations {{ invitations {{ {0} }} }} }} }}"),
        ("JoinRequest", "{{ viewer {{ organizations {{ joinRequests {{ {0} }} }} }} }}"),
        ("AuditEvent", "{{ viewer {{ organizations {{ auditLog {{ nodes {{ {0} }} }} }} }} }}"),
    ];

    private readonly RunningServer _server = new();
    private readonly List<(string Name, ServerClient Client)> _all = [];
    private readonly List<string> _addresses = ["ann@example.com", "pending@example.com"];
    private readonly List<(string Name, string Field, string Text)> _told = [];
    private ApiSchema _schema = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _schema = await ApiSchema.ReadAsync(_server.Owner);
        _all.Add(("OWNER", _server.Owner));
        foreach (var role in await EnumAsync("Role"))
            if (role != "OWNER") _all.Add((role, await _server.JoinAsync(Address(role), role)));
        foreach (var scope in await EnumAsync("ApiKeyScope"))
            _all.Add(($"{scope} key", ServerClient.Script(_server.Process, (await _server.CreateKeyAsync(scope)).Secret)));
        await FillAsync();
        foreach (var (name, client) in _all)
            foreach (var (field, document) in Documents()) _told.Add((name, field, await client.QueryTextAsync(document)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (name, client) in _all)
            if (name != "OWNER") client.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>The addresses of people that there are.</summary>
    internal IReadOnlyList<string> Addresses => _addresses;

    /// <summary>The answers, in the order of those who ask, and of the fields.</summary>
    internal IReadOnlyList<(string Name, string Field, string Text)> Told => _told;

    internal static string Address(string role) => role == "OWNER" ? "ann@example.com" : $"{role.ToLowerInvariant()}@example.com";

    private IEnumerable<(string Field, string Document)> Documents()
    {
        var ids = new DocumentBuilder(_schema, (_, name) => name == "projectId" ? _server.ProjectId : _server.OrganizationId);
        foreach (var (type, around) in Places)
            foreach (var field in _schema.Fields(type).Where(f => !NotImplementedFields.All.Contains(f.ToString())))
            {
                var call = field.Arguments.Any(a => a.Type.IsRequired && !a.HasDefault) ? ids.Call(field, "", "") : field.Name + Selection(field.Type.Name);
                yield return (field.ToString(), string.Format(System.Globalization.CultureInfo.InvariantCulture, around, call));
            }
    }

    /// <summary>What a type says of itself without leading further; of what is listed in pages, that of each.</summary>
    private string Selection(string type) => _schema.KindOf(type) != "OBJECT"
        ? ""
        : type.EndsWith("Connection", StringComparison.Ordinal)
            ? $" {{ nodes{Selection(NodeOf(type))} }}"
            : $" {{ __typename {string.Join(' ', _schema.Fields(type).Where(IsPlain).Select(f => f.Name + Selection(f.Type.Name)))} }}";

    private string NodeOf(string connection) => _schema.Fields(connection).Single(f => f.Name == "nodes").Type.Name;

    private bool IsPlain(ApiField field) =>
        field.Arguments.Count == 0 && (field.Type.Name == "User" || _schema.KindOf(field.Type.Name) is "SCALAR" or "ENUM");

    private async Task FillAsync()
    {
        await _server.Owner.DoAsync(
            "updateProjectSettings",
            new { projectId = _server.ProjectId, redaction = new[] { new { name = "Ours", kind = "REGEX", pattern = Pattern, action = "MASK" } } },
            "project { id }");
        using var former = await _server.JoinAsync("former@example.com", "VIEWER");
        var userId = await former.MeAsync();
        await _server.Owner.DoAsync("removeMember", new { organizationId = _server.OrganizationId, userId }, "organization { id }");
        var token = await _server.InviteAsync("pending@example.com", "VIEWER");
        await former.DoAsync("requestToJoin", new { token }, "requestedAt");
        _addresses.Add("former@example.com");
        _addresses.AddRange(_all.Where(a => !a.Name.EndsWith(" key", StringComparison.Ordinal) && a.Name != "OWNER").Select(a => Address(a.Name)));
    }

    private async Task<string[]> EnumAsync(string name)
    {
        var type = (await _server.Owner.QueryAsync($"{{ __type(name: \"{name}\") {{ enumValues {{ name }} }} }}")).GetProperty("__type");
        return [.. type.GetProperty("enumValues").EnumerateArray().Select(v => v.Text("name"))];
    }
}
