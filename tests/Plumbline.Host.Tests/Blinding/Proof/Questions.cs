using Plumbline.Host.Tests.Isolation;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Every request that a pair of worlds is asked, generated from the schema as the server tells it: each field of each type that a query can
/// reach, with each argument that it takes, one after another; each change; the first event of each subscription.</summary>
internal sealed class Questions
{
    private readonly ApiSchema _schema;
    private readonly Plan _plan;
    private readonly Values _values;
    private readonly Selections _selections;

    public Questions(ApiSchema schema, Plan plan, IReadOnlyCollection<string> names)
    {
        (_schema, _plan, _values) = (schema, plan, new Values(schema, plan, names));
        _selections = new Selections(schema, _values);
    }

    /// <summary>The types of things that are reached by an id, and what their ids are called.</summary>
    private static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["Trace"] = "trace",
        ["Span"] = "span",
        ["ReviewQueue"] = "queue",
        ["ReviewItem"] = "item",
        ["Review"] = "rev",
        ["ReviewAssignment"] = "asg",
        ["Comment"] = "cmt",
        ["Dataset"] = "ds",
        ["DatasetItem"] = "dsi",
        ["Prompt"] = "prompt",
        ["PromptVersion"] = "pv",
        ["ApiKey"] = "key",
        ["Project"] = "prj",
        ["PlaygroundRun"] = "run",
        ["ModelProvider"] = "mp",
    };

    /// <summary>Types of things that a world has none of that could be asked for by an id.</summary>
    public static IReadOnlyDictionary<string, string> Unreached { get; } = new Dictionary<string, string>
    {
        ["User"] = "People are the same in all worlds, and are asked about wherever something names them.",
        ["Organization"] = "All worlds are in one; it is asked about as Query.organization.",
        ["Invitation"] = "It is of the organization, which all worlds are in.",
        ["JoinRequest"] = "It is of the organization, which all worlds are in.",
        ["AuditEvent"] = "It is asked about as Organization.auditLog.",
        ["SsoConnection"] = "It is not served.",
    };

    /// <summary>The things by an id, by type: every type that implements Node is there or in <see cref="Unreached"/>.</summary>
    public static IEnumerable<string> Reached => Kinds.Keys;

    public IReadOnlyList<Question> All() => [.. Places().SelectMany(Fields), .. Subscriptions(), .. Changes.Of(_schema, _values, _plan)];

    /// <summary>Where in a query an object of a type is, and what stands around its selection.</summary>
    private IEnumerable<(string Type, string Before, string After)> Places()
    {
        yield return ("Viewer", "{ viewer {", "} }");
        yield return ("Organization", "{ organization(slug: \"acme\") {", "} }");
        yield return ("Project", "{ project(id: \"«prj»\") {", "} }");
        foreach (var (type, kind) in Kinds)
            foreach (var name in _values.Named(kind))
                yield return (type, $"{{ node(id: \"«{name}»\") {{ ... on {type} {{", "} } }");
        foreach (var name in _values.Named("trace")) yield return ("Trace", $"{{ project(id: \"«prj»\") {{ trace(id: \"«{name}»\") {{", "} } }");
    }

    private IEnumerable<Question> Fields((string Type, string Before, string After) place)
    {
        yield return new Question(place.Type, $"{place.Before} {_selections.Leaves(place.Type)} {place.After}");
        foreach (var field in _schema.Fields(place.Type).Where(f => !_selections.IsLeaf(f) || f.Arguments.Any(Selections.Needs)))
            foreach (var (arguments, isPaged) in Calls(field))
            {
                if (_selections.IsLeaf(field))
                {
                    yield return new Question(field.ToString(), $"{place.Before} {field.Name}{arguments} {place.After}");
                    continue;
                }
                var draw = new Draw(_plan.Seed, place.Before, field.Name, arguments);
                // Where things of all worlds are listed, a failure below would say by its path how many there are.
                var depth = field.ToString() is "Organization.projects" or "Viewer.reviewInbox" ? 0 : isPaged ? 1 : draw.Between(1, 4);
                var selection = _selections.Drawn(field.Type.Name, draw, depth);
                if (isPaged) selection += " pageInfo { hasNextPage endCursor }";
                yield return new Question(field.ToString(), $"{place.Before} {field.Name}{arguments} {{ {selection} }} {place.After}", isPaged);
            }
    }

    /// <summary>The arguments of a field: what it needs, with each of the others and each value in turn; and page by page, where there are pages.</summary>
    private IEnumerable<(string Arguments, bool IsPaged)> Calls(ApiField field)
    {
        if (field.ToString() == "Organization.auditLog")
        {
            // The log is of all worlds: a reader asks for one of them.
            foreach (var more in new[] { "", ", action: \"item.adjudicated\"", ", action: \"item.revealed\"", ", action: \"item.extraReview\"" })
                yield return ($"(first: 50, where: {{ projectId: \"«prj»\"{more} }})", false);
            yield return ("(first: 3, after: «after», where: { projectId: \"«prj»\" })", true);
            yield break;
        }
        var required = field.Arguments.Where(Selections.Needs).ToList();
        foreach (var needed in Product(field, required))
        {
            if (!Selections.OneOfTwo.ContainsKey(field.ToString())) yield return (Call(needed), false);
            foreach (var optional in field.Arguments.Except(required).Where(a => a.Name != "after"))
                foreach (var value in _values.Of(field, optional)) yield return (Call([.. needed, $"{optional.Name}: {value}"]), false);
            if (field.Arguments.Any(a => a.Name == "after"))
                foreach (var first in new[] { 1, 3 }) yield return (Call([.. needed, $"first: {first}", "after: «after»"]), true);
        }
    }

    private IEnumerable<string[]> Product(ApiField field, List<ApiInput> required) => required.Aggregate(
        (IEnumerable<string[]>)[[]], (all, input) => all.SelectMany(given => _values.Of(field, input).Select(v => (string[])[.. given, $"{input.Name}: {v}"])));

    private static string Call(string[] arguments) => arguments.Length == 0 ? "" : $"({string.Join(", ", arguments)})";

    private IEnumerable<Question> Subscriptions()
    {
        foreach (var queue in _values.Named("queue"))
            yield return new Question(
                "Subscription.reviewQueueProgress",
                $"subscription {{ reviewQueueProgress(queueId: \"«{queue}»\") {{ {_selections.Leaves("ReviewProgress")} }} }}");
        foreach (var run in _values.Named("run"))
            yield return new Question(
                "Subscription.playgroundRun",
                $"subscription {{ playgroundRun(id: \"«{run}»\") {{ ... on PlaygroundDelta {{ {_selections.Leaves("PlaygroundDelta")} }} "
                    + $"... on PlaygroundFinished {{ run {{ {_selections.Leaves("PlaygroundRun")} "
                    + $"error {{ {_selections.Leaves("ProviderError")} }} }} }} }} }}");
        foreach (var where in new[] { "", ", where: { not: { model: { contains: \"4\" } } }" })
        {
            // Nothing that may fail, and take the id with it: one of them is listened for.
            var span = _selections.Leaves("Span");
            var shown = $"{_selections.Leaves("Trace")} root {{ {span} }} spans {{ {span} }}";
            var watch = $"subscription {{ traceUpdated(projectId: \"«prj»\"{where}) {{ {shown} }} }}";
            yield return new Question("Subscription.traceUpdated", watch);
        }
    }
}
