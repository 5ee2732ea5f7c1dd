using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.GraphQL.Conformance.World;

[ResolversFor("Query")]
internal sealed class QueryResolvers
{
    public Person Me() => World.Person.All[1];

    public async Task<Person?> Person(string id)
    {
        await Task.Yield();
        return World.Person.All.FirstOrDefault(p => p.Id == id);
    }

    public IEnumerable<Person> People(int first, IReadOnlyList<string>? ids, Mood? mood) =>
        World.Person.All.Where(p => (ids is null || ids.Contains(p.Id)) && (mood is null || p.Mood == mood)).Take(Math.Max(0, first));

    public async ValueTask<object?> Node(string id)
    {
        await Task.Yield();
        return (object?)World.Person.All.FirstOrDefault(p => p.Id == id) ?? Post.All.FirstOrDefault(p => p.Id == id);
    }

    public IReadOnlyList<object> Search(string text) =>
        [
            .. World.Person.All.Where(p => p.Name?.Contains(text, StringComparison.Ordinal) == true).Take(3),
            .. Post.All.Where(p => p.Title.Contains(text, StringComparison.Ordinal)).Take(3), new Dog(text, 1)
        ];

    public IReadOnlyList<object?> Pets() => [.. World.Person.All.Take(6).Select(p => p.Pet)];

    public IReadOnlyList<object?> Named() => [World.Person.All[0], new Cat("Tom", 9), null, World.Person.All[4]];

    public string? Boom() => throw new GraphQLException("BOOM", "boom");

    public async Task<string> BoomStrict()
    {
        await Task.Yield();
        throw new GraphQLException("BOOM", "strict boom");
    }

    public string Echo(
        Optional<int?> @int, Optional<double?> @float, Optional<string> @string, Optional<bool?> @bool, Optional<string> id, Optional<Mood?> mood,
        Optional<IReadOnlyList<int?>> list, Optional<IReadOnlyList<IReadOnlyList<string>?>> nested, Optional<EchoInput> input, Optional<OneOfInput> one)
    {
        var args = new JsonObject();
        Put(args, "int", @int);
        Put(args, "float", @float);
        Put(args, "string", @string);
        Put(args, "bool", @bool);
        Put(args, "id", id);
        Put(args, "mood", mood);
        Put(args, "list", list);
        Put(args, "nested", nested);
        Put(args, "input", input);
        Put(args, "one", one);
        return args.ToJsonString(Relaxed);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Put<T>(JsonObject to, string name, Optional<T> value)
    {
        if (value.HasValue) to[name] = Json(value.Value);
    }

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        int number => JsonValue.Create(number),
        double number => JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture)),
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(text),
        World.Mood mood => JsonValue.Create(mood == World.Mood.VeryAngry ? "VERY_ANGRY" : mood.ToString().ToUpperInvariant()),
        EchoInput input => input.ToJson(),
        OneOfInput input => input.ToJson(),
        System.Collections.IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Json)]),
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}

internal sealed record EchoInput(
    int Required, Optional<int?> WithDefault, Optional<string> Text, Optional<IReadOnlyList<EchoInput>> Children, Optional<Mood?> Mood)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["required"] = Required };
        QueryResolvers.Put(json, "withDefault", WithDefault);
        QueryResolvers.Put(json, "text", Text);
        QueryResolvers.Put(json, "children", Children);
        QueryResolvers.Put(json, "mood", Mood);
        return json;
    }
}

internal sealed record OneOfInput(Optional<int?> Number, Optional<string> Text)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        QueryResolvers.Put(json, "number", Number);
        QueryResolvers.Put(json, "text", Text);
        return json;
    }
}

[ResolversFor("Person")]
internal sealed class PersonResolvers
{
    public IEnumerable<Person> Friends([Parent] Person person, int? first, int? skip) =>
        Enumerable.Range(1, 6).Select(i => Person.All[(person.Number + i * 5) % Person.Count]).Skip(Math.Max(0, skip ?? 0)).Take(Math.Max(0, first ?? 0));

    public async Task<IReadOnlyList<Post?>> Posts([Parent] Person person, PostFilter? where)
    {
        await Task.Yield();
        return [
            .. Post.All.Where(p => p.Number % Person.Count == person.Number
                && (where?.TitleContains is null || p.Title.Contains(where.TitleContains, StringComparison.Ordinal))
                && (where?.MinLikes is not { } least || p.Number * 2 >= least)),
            null
        ];
    }
}

internal sealed record PostFilter(string? TitleContains, int? MinLikes);

[ResolversFor("Post")]
internal sealed class PostResolvers
{
    public ValueTask<Person> Author([Parent] Post post) => new(Person.All[post.Number % Person.Count]);
}

[ResolversFor("Mutation")]
internal sealed class MutationResolvers
{
    public async Task<long> Bump(int by, Counter counter)
    {
        var before = counter.Value;
        await Task.Yield();
        return counter.Value = before + by;
    }

    public int? Fail() => throw new GraphQLException("BOOM", "failed on purpose");

    public async Task<int> FailStrict()
    {
        await Task.Yield();
        throw new GraphQLException("BOOM", "failed strictly");
    }
}

[ResolversFor("Subscription")]
internal sealed class SubscriptionResolvers
{
    public async IAsyncEnumerable<int> Count(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    public async IAsyncEnumerable<Person> Arrivals(int first)
    {
        foreach (var person in Person.All.Take(first))
        {
            await Task.Yield();
            yield return person;
        }
    }
}
