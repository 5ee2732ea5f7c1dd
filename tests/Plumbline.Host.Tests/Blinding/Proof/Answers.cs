using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Contracts;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>What a caller is answered in a world, without what differs between any two: times, cursors and ids drawn at random.</summary>
internal static partial class Answers
{
    private const int MostPages = 6;

    /// <summary>What the caller is answered.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="question">What.</param>
    /// <param name="site">In which world.</param>
    /// <param name="name">What the request is called in the log of gates; null when it is not logged.</param>
    public static async Task<string> ToAsync(HttpClient caller, Question question, Site site, string? name = null)
    {
        if (question.IsOfRoutes) return Of(await Routes.AskAsync(caller, question.Template, site), site);
        if (question.IsWatching) return Of(await Watching.HearAsync(caller, question.In(site), site), site);
        if (question.IsLive) return Of(await FirstEventAsync(caller, question.In(site)), site);
        if (!question.IsPaged) return Of(await caller.TextAsync(question.In(site), name: name), site);
        var pages = new StringBuilder();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await caller.TextAsync(question.In(site, after), name: name);
            pages.Append(Of(answer, site)).Append('\n');
            after = Next().Match(answer) is { Success: true } next ? next.Groups["cursor"].Value : null;
            if (after is null) break;
        }
        return pages.ToString();
    }

    private static string Of(string answer, Site site)
    {
        var told = Sameness.Of(AcrossWorlds().IsMatch(answer) ? InThisWorld(answer, site) : answer, site.World);
        told = Time().Replace(told, "\"${field}\":\"T\"");
        return Cursor().Replace(told, c => IsOfAnId(c.Groups["cursor"].Value) ? $"\"{c.Groups["field"].Value}\":\"C\"" : c.Value);
    }

    /// <summary>Whether a cursor is an id that was drawn at random. Those of traces say where in the traces they are, which is the same in
    /// both worlds.</summary>
    private static bool IsOfAnId(string cursor) =>
        Base64Url.IsValid(cursor) && RandomLooking().IsMatch(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)));

    /// <summary>The first event, or the answer of a server that refuses to send any.</summary>
    private static async Task<string> FirstEventAsync(HttpClient caller, string document)
    {
        using var request = Asking.Live(document);
        using var answer = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
            if (line.Contains('{', StringComparison.Ordinal)) return line;
        return $"{(int)answer.StatusCode}";
    }

    /// <summary>Without the things of other worlds, in lists that go across them.</summary>
    private static string InThisWorld(string answer, Site site)
    {
        var json = JsonNode.Parse(answer)!;
        Prune(json, site);
        return json.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private static void Prune(JsonNode? node, Site site)
    {
        if (node is JsonArray list)
        {
            foreach (var other in list.Where(e => IsElsewhere(e, site)).ToList()) list.Remove(other);
            foreach (var element in list) Prune(element, site);
        }
        else if (node is JsonObject thing)
        {
            foreach (var (_, value) in thing) Prune(value, site);
        }
    }

    private static bool IsElsewhere(JsonNode? element, Site site)
    {
        if (element is not JsonObject thing || thing["id"] is not JsonValue value || !NodeId.TryParse(value.GetValue<string>(), out var id)) return false;
        if (id.Kind == NodeKinds.Project) return id.Key != site.Project.ToString();
        return id.Kind == NodeKinds.ReviewQueue && !id.Key.StartsWith($"{site.Project}/", StringComparison.Ordinal);
    }

    [GeneratedRegex("\"(projects|reviewInbox)\":", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AcrossWorlds();

    [GeneratedRegex("\"hasNextPage\":true,\"endCursor\":\"(?<cursor>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Next();

    [GeneratedRegex("\"(?<field>startCursor|endCursor|cursor)\":\"(?<cursor>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Cursor();

    [GeneratedRegex("^[a-z0-9]{12}(/[a-z0-9]+)*\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RandomLooking();

    [GeneratedRegex("\"(?<field>at|archivedAt|editedAt|resolvedAt|closedAt|setAt|joinedAt|expiresAt|prefix|changedAt)\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Time();
}
