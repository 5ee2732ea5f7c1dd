namespace Plumbline.GraphQL.Conformance.World;

internal enum Mood
{
    Happy,
    Sad,
    VeryAngry,
}

internal sealed class Counter
{
    public long Value { get; set; }
}

internal sealed record Comment(string Text, Person By);

internal sealed record Dog(string? Name, int Barks);

internal sealed record Cat(string? Name, int? Lives);

internal sealed class Person(int number)
{
    public const int Count = 30;

    public static readonly Person[] All = [.. Enumerable.Range(0, Count).Select(n => new Person(n))];

    public int Number { get; } = number;

    public string Id => $"p{Number}";

    public string? Name => Number % 5 == 4 ? null : $"Person {Number} \"é\u2603\"";

    public int? Age => Number % 3 == 0 ? null : 20 + Number;

    public double? Height => Number % 4 == 0 ? null : 1.5 + Number / 8.0;

    public bool Active => Number % 2 == 0;

    public Mood? Mood => Number % 4 == 3 ? null : (Mood)(Number % 3);

    public IReadOnlyList<int> Scores => [.. Enumerable.Range(0, Number % 4).Select(i => i * Number)];

    public IReadOnlyList<string?>? Tags => Number % 6 == 5 ? null : [.. Enumerable.Range(0, Number % 3).Select(i => i == 1 ? null : $"tag{i}")];

    public IReadOnlyList<IReadOnlyList<int?>?> Matrix => [[1, null, Number], null, []];

    [NullabilityBySchema]
    public string? Secret => Number % 3 == 1 ? null : $"secret {Number}";

    public Person? BestFriend => Number % 7 == 0 ? null : All[(Number * 3 + 1) % Count];

    public object? Pet => (Number % 4) switch
    {
        0 => new Dog($"Rex {Number}", Number),
        1 => new Cat(null, Number == 1 ? null : 9),
        2 => new Cat($"Tom {Number}", 9),
        _ => null,
    };

    public string? Nickname =>
        Number % 7 == 3 ? throw new GraphQLException("UNREADABLE", $"nickname of {Id} is unreadable") : Number % 7 == 4 ? null : $"n{Number}";
}

internal sealed class Post(int number)
{
    public const int Count = 40;

    public static readonly Post[] All = [.. Enumerable.Range(0, Count).Select(n => new Post(n))];

    public int Number { get; } = number;

    public string Id => $"t{Number}";

    public string Title => $"Post {Number}";

    public string? Body => Number % 3 == 0 ? null : $"line 1\nline 2 of {Number}\t\\";

    public int Likes => Number % 11 == 5 ? throw new GraphQLException("UNREADABLE", $"likes of {Id} are lost") : Number * 2;

    [NullabilityBySchema]
    public IReadOnlyList<Comment?> Comments =>
        [.. Enumerable.Range(0, Number % 3).Select(i => Number == 8 && i == 1 ? null : new Comment($"c{i}", Person.All[(Number + i) % Person.Count]))];
}
