namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>The routes besides GraphQL: how each is asked, or why it is not.</summary>
internal static class Routes
{
    /// <summary>What questions of routes are about.</summary>
    public const string About = "Route";

    private const string OfBrowsers =
        "It is given a secret or a password, no id of a world, and counts how often anybody tried: worlds that share a server would disturb each other.";

    private const string InAnotherEnvelope = "What it takes and answers is what the route for HTTP does, by the same code.";

    // When it was asked, and what the caller may still ask in this minute.
    private static readonly string[] OfTheMoment = ["Date", "RateLimit"];

    private static readonly Dictionary<string, Func<HttpClient, Site, Task<HttpResponseMessage>>> Calls = new()
    {
        ["/graphql/schema.graphql"] = (caller, _) => caller.GetAsync(new Uri("/graphql/schema.graphql", UriKind.Relative)),
        ["/signin/state"] = (caller, _) => caller.GetAsync(new Uri("/signin/state", UriKind.Relative)),
        // Spans and records of outputs that the caller is still to judge: what there is of them already does not show.
        ["/v1/traces"] = (caller, site) => caller.SendJsonAsync("/v1/traces", PlannedSpans.Later(site.Plan, site.Side, ++site.Rounds)),
        ["/v1/logs"] = (caller, site) => caller.SendJsonAsync("/v1/logs", PlannedSpans.Logs(site.Plan, ++site.Rounds)),
    };

    public static IEnumerable<string> Asked => Calls.Keys;

    public static IReadOnlyDictionary<string, string> Excused { get; } = new Dictionary<string, string>
    {
        ["/graphql"] = "It is what all other requests of the proof go to.",
        ["/signin/link"] = OfBrowsers,
        ["/signin/password"] = OfBrowsers,
        ["/signin/join"] = OfBrowsers,
        ["/signout"] = "It would sign the readers out.",
        ["/opentelemetry.proto.collector.trace.v1.TraceService/Export"] = InAnotherEnvelope,
        ["/opentelemetry.proto.collector.logs.v1.LogsService/Export"] = InAnotherEnvelope,
    };

    /// <summary>What the caller is answered, with its status and the headers that say more than when and in which connection.</summary>
    public static async Task<string> AskAsync(HttpClient caller, string route, Site site)
    {
        using var answer = await Calls[route](caller, site);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => !OfTheMoment.Contains(h.Key))
            .Select(h => $"{h.Key}: {string.Join(' ', h.Value)}");
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{await answer.Content.ReadAsStringAsync()}";
    }
}
