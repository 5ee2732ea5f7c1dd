using System.Collections.Immutable;

namespace Plumbline.GraphQL.Tests.Execution;

/// <summary>A small schema with everything in it: interfaces, unions, enums, inputs, mutations, streams, batches, failures.</summary>
public static class Library
{
    public static readonly string Sdl = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "library.graphql"));

    public static void Configure(GraphQLBuilder builder) => builder.AddSchema(Sdl)
        .AddResolvers<QueryResolvers>().AddResolvers<BookResolvers>().AddResolvers<MutationResolvers>().AddResolvers<SubscriptionResolvers>()
        .BindType<Book>("Book").BindType<Film>("Film").NotImplemented("Book.later");

    public enum Genre
    {
        Novel,
        ShortStory,
    }

    public sealed record Author(string Id, string Name);

    public sealed record Book(string Id, string Title, Genre Genre, int? Pages, IReadOnlyList<string> Tags, string AuthorId)
    {
        public double? Rating => double.NaN;

        public string? Name => Title;

        public decimal Price => 12.50m;

        public long Copies => 1L << 40;

        public DateTimeOffset Published => new(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(2));

        public Timestamp Indexed => new(1_700_000_000_123_456_789);

        public RawJson Extra => RawJson.FromText("""{"a": [1, "ü"]}""")!.Value;

        [NullabilityBySchema]
        public string? Broken => null;

        public string Secret => throw new InvalidOperationException("connection string of the database");
    }

    public sealed record Film(string Id, string Title, int Minutes);

    public sealed record BookInput(string Title, Genre Genre, Optional<int?> Pages, ImmutableArray<string>? Tags = null, NestedInput? Nested = null);

    public sealed record NestedInput(IReadOnlyList<int?> Numbers, DateTimeOffset? At);

    public sealed record PickInput(string? ById, string? ByTitle);

    public sealed record BookPayload(Book Book, string Note);

    public static readonly ImmutableArray<Author> Authors = [new("a1", "Ursula"), new("a2", "Jorge")];

    public static readonly ImmutableArray<Book> Books =
    [
        new("b1", "The Dispossessed", Genre.Novel, 387, ["sf", "utopia"], "a1"),
        new("b2", "Ficciones", Genre.ShortStory, null, [], "a2"),
        new("b3", "The Word for World", Genre.Novel, 189, ["sf"], "a1"),
    ];

    [ResolversFor("Query")]
    public sealed class QueryResolvers
    {
        public async Task<IReadOnlyList<Book>> Books()
        {
            await Task.Yield();
            return Library.Books;
        }

        public ValueTask<Book?> Book(string id) => new(Library.Books.FirstOrDefault(b => b.Id == id));

        public object? Node(string id) => id == "f1" ? new Film("f1", "Solaris", 167) : Library.Books.FirstOrDefault(b => b.Id == id);

        public IReadOnlyList<object> Shelf() => [Library.Books[0], new Film("f1", "Solaris", 167)];

        public string Echo(string? text, int times, Genre? genre) => $"{text ?? "null"}*{times}:{genre}";

        public string Pick(PickInput by) => by.ById ?? by.ByTitle ?? "";

        public Book Fails() => throw new GraphQLException("CONFLICT", "Somebody else holds it.");
    }

    [ResolversFor("Book")]
    public sealed class BookResolvers
    {
        public Task<Author?> Author([Parent] Book book, AuthorLoader authors) => authors.LoadAsync(book.AuthorId);

        public async Task<IEnumerable<Book>> Related([Parent] Book book)
        {
            await Task.Yield();
            return Library.Books.Where(b => b.AuthorId == book.AuthorId && b != book);
        }
    }

    public sealed class AuthorLoader(LoadCounter counter) : BatchLoader<string, Author>
    {
        protected override Task<IReadOnlyDictionary<string, Author>> LoadBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
        {
            counter.Batches.Enqueue(keys.Count);
            return Task.FromResult<IReadOnlyDictionary<string, Author>>(Authors.Where(a => keys.Contains(a.Id)).ToDictionary(a => a.Id));
        }
    }

    public sealed class LoadCounter
    {
        public System.Collections.Concurrent.ConcurrentQueue<int> Batches { get; } = new();
    }

    [ResolversFor("Mutation")]
    public sealed class MutationResolvers
    {
        private int _step;

        public async Task<int> Step(bool fail)
        {
            var before = _step;
            await Task.Yield();
            if (fail) throw new GraphQLException("CONFLICT", "No step.");
            return _step = before + 1;
        }

        public BookPayload AddBook(BookInput input) => new(
            new Book("b9", input.Title, input.Genre, input.Pages.HasValue ? input.Pages.Value : -1, input.Tags is { } tags ? tags : [], "a1"),
            $"pages given: {input.Pages.HasValue}, numbers: {string.Join(',', input.Nested?.Numbers.Select(n => n?.ToString() ?? "null") ?? [])}, "
                + $"at: {input.Nested?.At:O}");
    }

    [ResolversFor("Subscription")]
    public sealed class SubscriptionResolvers
    {
        public async IAsyncEnumerable<Book> BookAdded(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return Library.Books[i];
            }
        }

        public IAsyncEnumerable<int> Refused() => throw new GraphQLException("FORBIDDEN", "Not for you.");
    }
}
