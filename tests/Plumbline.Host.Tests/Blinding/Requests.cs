namespace Plumbline.Host.Tests.Blinding;

/// <summary>One request, and the field of the schema that it is about.</summary>
internal sealed record Request(string Field, string Document);

/// <summary>Everything that the reviewer asks in a world.</summary>
internal static class Requests
{
    private const string Tokens = "tokens { input output total }";
    private const string Verdict = "verdict { label disputed reviews { label alias reasoning failureModes correctedOutput reviewer { email } } }";
    private const string Stats =
        "{ bucketStart group spans traces errors " + Tokens + " costUsd unpricedSpans durationMs { p50 p90 p95 p99 max mean } timeToFirstTokenMs { p50 max } }";
    private const string Span =
        "id spanId traceId parentSpanId name kind startTime durationMs status provider model parameters input output " + Tokens
            + " costUsd finishReasons userId sessionId promptVersion { number passRate { rate } } attributes";
    private const string Trace =
        "id traceId name startTime durationMs status environment sessionId userId tags spanCount errorCount " + Tokens
            + " costUsd models inputPreview outputPreview root { id } spans { " + Span + " } promptVersions { number passRate { passed failed rate } } "
                + Verdict + " datasets { id name itemCount }";
    private const string Progress = "progress { total waiting inReview reviewed disputed resolved stuck shortOfReviewers }";
    private const string Review = "id label labelThatCounts alias reasoning correctedOutput seen undoneAt undoableUntil reviewer { email }";
    private const string Item =
        "id state consensus golden span { id model } reviews { " + Review + " } adjudication { " + Review + " } skips { reason at } undoneReviews { "
        + Review + " }";
    private const string DatasetItem = "id inputs output expected label reasoning split metadata lineage { traceId spanId promptVersion reviewIds }";
    private const string Version = "number contentHash labels passRate { passed failed rate low high } stats " + Stats;
    private const string Comment = "id body author { email } spanId replies { body }";

    public static IEnumerable<Request> For(World w, IReadOnlyList<string> facets) =>
        [.. Lists(w), .. Aggregates(w, facets), .. Single(w), .. Reviews(w), .. Datasets(w), .. Prompts(w), .. Plain(w), .. Changes(w)];

    private static IEnumerable<Request> Lists(World w)
    {
        foreach (var where in TraceFilters(w))
            yield return Project(
                w, "traces",
                $"traces(first: 50, where: {{ {where} }}) {{ totalCount nodes {{ {Trace} }} pageInfo {{ hasNextPage endCursor }} }}");
        foreach (var field in new[] { "START_TIME", "DURATION", "COST", "TOTAL_TOKENS" })
            foreach (var direction in new[] { "ASC", "DESC" })
                yield return Project(
                    w, "traces",
                    $"traces(first: 1, orderBy: {{ field: {field}, direction: {direction} }}) {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage "
                        + "endCursor } }");
        foreach (var where in SharedFilters)
            yield return Project(w, "spans", $"spans(first: 50, where: {{ {where} }}) {{ nodes {{ {Span} }} pageInfo {{ hasNextPage endCursor }} }}");
        yield return Project(w, "spans", $"spans(where: {{ attributes: [{{ key: \"gen_ai.request.model\", exists: true }}] }}) {{ nodes {{ id }} }}");
        foreach (var where in TraceFilters(w))
            yield return Project(
                w, "sessions",
                $"sessions(where: {{ {where} }}) {{ nodes {{ sessionId userId firstSeen lastSeen traceCount {Tokens} costUsd traces {{ id "
                    + $"{Verdict} }} }} pageInfo {{ hasNextPage endCursor }} }}");
    }

    private static string[] SharedFilters =>
    [
        "", "model: { eq: \"gpt-4o-mini\" }", "model: { startsWith: \"claude\" }", "provider: { eq: \"anthropic\" }", "search: \"blind\"",
        "search: \"way\"", "userId: { eq: \"customer-9\" }",
        "promptName: \"refund\"", "promptName: \"refund\", promptVersion: 2", "durationMs: { gte: 1000 }", "costUsd: { gte: 0.0001 }",
        "totalTokens: { gte: 1000 }", "status: ERROR", "not: { model: { eq: \"gpt-4o-mini\" } }",
    ];

    private static IEnumerable<string> TraceFilters(World w) =>
    [
        .. SharedFilters, "verdict: PASS", "verdict: FAIL", "verdict: DISPUTED", "verdict: UNREVIEWED",
        .. new[] { "blind", "visible", "others" }.Select(q => $"inReviewQueue: \"{w.Ids[q]}\""), .. new[] { "all", "failures" }
            .Select(d => $"inDataset: \"{w.Ids[d]}\""),
        .. new[]
        {
            "verdict: PASS", "verdict: FAIL", "verdict: DISPUTED", "verdict: UNREVIEWED", $"inReviewQueue: \"{w.Ids["blind"]}\"",
            $"inDataset: \"{w.Ids["failures"]}\"",
        }
            .SelectMany(c =>
                new[]
                {
                    $"not: {{ {c} }}", $"or: [{{ {c} }}, {{ model: {{ eq: \"nothing\" }} }}]",
                    $"and: [{{ not: {{ or: [{{ {c} }}, {{ search: \"plain\" }}] }} }}]",
                }),
    ];

    private static IEnumerable<Request> Aggregates(World w, IReadOnlyList<string> facets)
    {
        var range = $"range: {{ from: \"{WorldSpans.From:yyyy-MM-ddTHH:mm:ssZ}\", to: \"{WorldSpans.To:yyyy-MM-ddTHH:mm:ssZ}\" }}";
        foreach (var facet in facets)
        {
            yield return Project(w, "facets", $"facets(field: {facet}, {range}) {{ value count }}");
            if (facet != "TAG") yield return Project(w, "stats", $"stats({range}, groupBy: [{facet}]) {Stats}"); // a span has many tags
        }
        foreach (var bucket in new[] { "MINUTE", "HOUR", "WEEK" }) yield return Project(w, "stats", $"stats({range}, bucket: {bucket}) {Stats}");
        foreach (var where in SharedFilters) yield return Project(w, "stats", $"stats({range}, where: {{ {where} }}) {Stats}");
    }

    private static IEnumerable<Request> Single(World w)
    {
        foreach (var traceId in new[] { World.BlindTrace, World.VisibleBlindTrace, World.PlainTrace })
        {
            yield return Project(w, "trace", $"trace(id: \"{w.Trace(traceId)}\") {{ {Trace} }}");
            yield return Node(w.Trace(traceId), $"... on Trace {{ {Trace} }}");
            yield return Node(w.Span(traceId), $"... on Span {{ {Span} }}");
            yield return Project(w, "trace", $"trace(id: \"{w.Trace(traceId)}\") {{ comments {{ {Comment} }} }}");
        }
        yield return Project(w, "traces", $"traces {{ nodes {{ traceId comments {{ {Comment} }} }} }}");
        foreach (var traceId in new[] { World.BlindTrace, World.VisibleBlindTrace })
            yield return Node(w.Ids["comment " + traceId], $"... on Comment {{ {Comment} }}");
    }

    private static IEnumerable<Request> Reviews(World w)
    {
        const string queue =
            "name reviewers { email } reviewsPerItem closedAt myProgress { done available skipped accuracy } myReviews { nodes { label undoableUntil } } "
                + Progress;
        yield return Project(w, "reviewQueues", $"reviewQueues {{ id {queue} }}");
        foreach (var name in new[] { "blind", "visible", "others" })
        {
            yield return Project(w, "reviewQueue", $"reviewQueue(id: \"{w.Ids[name]}\") {{ id {queue} }}");
            yield return Queue(
                w, name, "agreement",
                "agreement { items observed kappa kappaLow kappaHigh perReviewer { reviewer { email } reviews agreesWithConsensus medianSeconds passShare } }");
            foreach (var state in new[] { "WAITING", "IN_REVIEW", "AGREED", "DISPUTED", "ADJUDICATED", "STUCK", "SHORT_OF_REVIEWERS" }.Select(s =>
                $"(state: {s})").Append(""))
                yield return Queue(w, name, "items", $"items{state} {{ totalCount nodes {{ {Item} }} }}");
            yield return Node(w.Ids[name], $"... on ReviewQueue {{ {queue} }}");
        }
        foreach (var traceId in new[] { World.BlindTrace, World.VisibleBlindTrace })
        {
            yield return Node(w.Ids["item " + traceId], $"... on ReviewItem {{ {Item} }}");
            yield return Node(w.Ids["review " + traceId], $"... on Review {{ {Review} }}");
        }
        yield return new Request("Viewer.reviewInbox", $"{{ viewer {{ reviewInbox {{ id {queue} }} }} }}");
        yield return new Request("Viewer.joinableQueues", $"{{ viewer {{ joinableQueues {{ id {queue} }} }} }}");
    }

    private static IEnumerable<Request> Datasets(World w)
    {
        const string dataset =
            $"id name itemCount items {{ totalCount nodes {{ {DatasetItem} }} pageInfo {{ hasNextPage }} }} versions {{ number itemCount contentHash note }}";
        yield return Project(w, "datasets", $"datasets {{ {dataset} }}");
        foreach (var name in new[] { "all", "failures" })
        {
            yield return Project(
                w, "dataset",
                $"dataset(id: \"{w.Ids[name]}\") {{ {dataset} frozen: items(version: 1) {{ totalCount nodes {{ {DatasetItem} }} }} first: "
                    + "items(first: 1) { nodes { inputs } pageInfo { hasNextPage } } }");
            yield return Node(w.Ids[name], $"... on Dataset {{ {dataset} }}");
        }
    }

    private static IEnumerable<Request> Prompts(World w)
    {
        yield return Project(w, "prompts", $"prompts {{ totalCount nodes {{ name latest {{ {Version} }} versions {{ nodes {{ {Version} }} }} }} }}");
        yield return Project(w, "prompt", $"prompt(name: \"refund\") {{ versions {{ totalCount nodes {{ {Version} }} }} version(number: 1) {{ {Version} }} }}");
    }

    private static IEnumerable<Request> Plain(World w)
    {
        foreach (var field in new[]
        {
            "id", "slug", "name", "createdAt", "organization { name }", "settings { retentionDays sampleRate redaction { name } }",
            "apiKeys { name scopes lastUsedAt lastUseHidden }", "providers { name spentThisMonthUsd }",
        })
            yield return Project(w, field.Split(' ')[0], field);
        yield return new Request("Query.organization", "{ organization(slug: \"acme\") { name } }");
        yield return new Request("Query.viewer", $"{{ viewer {{ user {{ email }} permissions(projectId: \"{w.ProjectId}\") }} }}");
    }

    /// <summary>Changes whose answers tell something: last, for they are changes.</summary>
    private static IEnumerable<Request> Changes(World w)
    {
        foreach (var label in new[] { "", ", label: FAIL" })
            yield return new Request(
                "Mutation.addToDataset",
                $"mutation {{ addToDataset(input: {{ datasetId: \"{w.Ids["all"]}\", fromQueue: {{ queueId: \"{w.Ids["others"]}\"{label} }} }}) {{ "
                    + "added duplicates dataset { itemCount } } }");
        // Guessing what a blinded item expects: a duplicate would say that the guess is right.
        foreach (var about in new[] { "blind", "blind too" })
            foreach (var expected in new[] { "\"A better answer.\"", "null" })
                yield return new Request("Mutation.addToDataset", $"mutation {{ addToDataset(input: {{ datasetId: \"{w.Ids["all"]}\", items: [{{ "
                    + $"inputs: {{ messages: [{{ role: \"user\", parts: [{{ type: \"text\", content: \"It is {about}.\" }}] }}] }}, "
                    + $"expected: {expected} }}] }}) {{ added duplicates dataset {{ itemCount items {{ totalCount nodes {{ inputs expected }} }} }} }} }}");
        foreach (var traceId in new[] { World.BlindTrace, World.VisibleBlindTrace })
            foreach (var change in new[]
            {
                "revealItem(input: { id: \"ID\" })", "requestExtraReview(input: { id: \"ID\" })",
                "adjudicate(input: { itemId: \"ID\", label: PASS, reasoning: \"x\" })",
            })
                yield return new Request(
                    "Mutation." + change.Split('(')[0],
                    $"mutation {{ {change.Replace("ID", w.Ids["item " + traceId], StringComparison.Ordinal)} {{ item {{ {Item} }} }} }}");
        foreach (var traceId in new[] { World.BlindTrace, World.VisibleBlindTrace })
            foreach (var change in new[]
            {
                $"addComment(input: {{ projectId: \"{w.ProjectId}\", traceId: \"{w.Trace(traceId)}\", body: \"x\", parentId: \"ID\" }})",
                "updateComment(input: { id: \"ID\", body: \"x\" })", "resolveComment(input: { id: \"ID\" })",
            })
                yield return new Request(
                    "Mutation." + change.Split('(')[0],
                    $"mutation {{ {change.Replace("ID", w.Ids["comment " + traceId], StringComparison.Ordinal)} {{ comment {{ {Comment} }} }} }}");
        yield return new Request("Mutation.claimNextReview", $"mutation {{ claimNextReview(input: {{ queueId: \"{w.Ids["blind"]}\" }}) {{ "
            + $"assignment {{ id queue {{ name {Progress} }} subject {{ "
            + "input { role name text } output { role name text parts { __typename ... on ToolCallPart { id name arguments } } } documents { id "
            + "score content metadata } context { role text } model promptVersion userId metrics { durationMs costUsd } } } } }");
    }

    private static Request Project(World w, string field, string selection) =>
        new("Project." + field, $"{{ project(id: \"{w.ProjectId}\") {{ {selection} }} }}");

    private static Request Queue(World w, string name, string field, string selection) =>
        new("ReviewQueue." + field, $"{{ project(id: \"{w.ProjectId}\") {{ reviewQueue(id: \"{w.Ids[name]}\") {{ {selection} }} }} }}");

    private static Request Node(string id, string selection) => new("Query.node", $"{{ node(id: \"{id}\") {{ {selection} }} }}");
}
