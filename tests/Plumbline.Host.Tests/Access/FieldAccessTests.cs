using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Plumbline.Host.Tests.Isolation;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Access;

/// <summary>Which field answers whom: every role of people and every scope of keys asks for every field of what an organization and a project
/// are made of. A new field is asked for without anybody thinking of it; who gets an answer is on record beside this file.</summary>
public sealed class FieldAccessTests : IAsyncLifetime
{
    private const string Record = "PLUMBLINE_WRITE_FIELD_ACCESS";
    private const string Pattern = "SECRET-[0-9]+";

    private const string WhatToDo = $"""
        Who gets an answer to which field has changed; the first line that differs is below. Think of who has to see it, and who has not:
        a REVIEWER judges what is put before them, and an INGEST key only brings things in. When it is right, write the list anew with {Record}=1.
        """;

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
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (name, client) in _all)
            if (name != "OWNER") client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Fields_AnswerThoseOnRecord()
    {
        var table = new StringBuilder();
        foreach (var (field, document) in Documents())
        {
            var answered = new List<string>();
            foreach (var (name, client) in _all)
                if (IsAnswer(await client.QueryTextAsync(document))) answered.Add(name);
            table.Append(field).Append(": ").AppendJoin(", ", answered).Append('\n');
        }
        var now = table.ToString();
        if (Environment.GetEnvironmentVariable(Record) is { Length: > 0 })
            await File.WriteAllTextAsync(RecordPath(), now, TestContext.Current.CancellationToken);
        var recorded = await File.ReadAllTextAsync(RecordPath(), TestContext.Current.CancellationToken);
        Assert.True(recorded == now, $"{WhatToDo}\n{FirstDifference(recorded.Split('\n'), now.Split('\n'))}");
    }

    /// <summary>Reviewers work with names. A key that does not read has no business with people, nor one that does not administer with what is looked
    /// for in content.</summary>
    [Fact]
    public async Task Addresses_AndPatterns_AreToldToNobodyWhoOnlyReviewsOrBringsIn()
    {
        foreach (var (name, client) in _all)
        {
            var answers = new List<string>();
            foreach (var (_, document) in Documents()) answers.Add(await client.QueryTextAsync(document));
            var said = string.Join('\n', answers);
            var others = _addresses.Where(a => a != Address(name) && said.Contains($"\"{a}\"", StringComparison.Ordinal));
            var mayKnow = name is "OWNER" or "ADMIN" or "DEVELOPER" or "SME" or "VIEWER" or "READ key";
            Assert.True(mayKnow || !others.Any(), $"{name} is told {string.Join(", ", others)}.");
            // The same requests tell them to others: they would find a leak.
            Assert.True(!mayKnow || others.Any(), $"{name} is told no address.");
            Assert.Equal((name, name is "OWNER" or "ADMIN" or "ADMIN key"), (name, said.Contains(Pattern, StringComparison.Ordinal)));
        }
    }

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

    /// <summary>Whether it was not refused. That there is nothing by a name is an answer.</summary>
    private static bool IsAnswer(string text)
    {
        var answer = JsonDocument.Parse(text).RootElement;
        if (!answer.TryGetProperty("errors", out var errors)) return true;
        var code = errors[0].GetProperty("extensions").GetProperty("code").GetString();
        Assert.True(code is "FORBIDDEN" or "UNAUTHENTICATED" or "NOT_FOUND" or "BAD_USER_INPUT", text);
        return code is not ("FORBIDDEN" or "UNAUTHENTICATED");
    }

    private async Task FillAsync()
    {
        await _server.Owner.QueryAsync(
            "mutation($input: UpdateProjectSettingsInput!) { updateProjectSettings(input: $input) { project { id } } }",
            new
            {
                input = new
                {
                    projectId = _server.ProjectId,
                    redaction = new[] { new { name = "Ours", kind = "REGEX", pattern = Pattern, action = "MASK" } },
                }
            });
        using var former = await _server.JoinAsync("former@example.com", "VIEWER");
        var userId = (await former.QueryAsync("{ viewer { user { id } } }")).GetProperty("viewer").GetProperty("user").GetProperty("id").GetString();
        await _server.Owner.QueryAsync(
            "mutation($input: RemoveMemberInput!) { removeMember(input: $input) { organization { id } } }",
            new { input = new { organizationId = _server.OrganizationId, userId } });
        var token = await _server.InviteAsync("pending@example.com", "VIEWER");
        await former.QueryAsync("mutation($token: String!) { requestToJoin(input: { token: $token }) { requestedAt } }", new { token });
        _addresses.Add("former@example.com");
        _addresses.AddRange(_all.Where(a => !a.Name.EndsWith(" key", StringComparison.Ordinal) && a.Name != "OWNER").Select(a => Address(a.Name)));
    }

    private async Task<string[]> EnumAsync(string name)
    {
        var type = (await _server.Owner.QueryAsync($"{{ __type(name: \"{name}\") {{ enumValues {{ name }} }} }}")).GetProperty("__type");
        return [.. type.GetProperty("enumValues").EnumerateArray().Select(v => v.GetProperty("name").GetString()!)];
    }

    private static string Address(string role) => role == "OWNER" ? "ann@example.com" : $"{role.ToLowerInvariant()}@example.com";

    private static string FirstDifference(string[] recorded, string[] now)
    {
        var at = recorded.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"on record, line {at + 1}: {recorded.ElementAtOrDefault(at)}\nnow:                 {now.ElementAtOrDefault(at)}";
    }

    private static string RecordPath([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "field-access.txt");
}
