namespace Plumbline.GraphQL;

/// <summary>Every limit of the engine. What exceeds one is refused with a code and a sentence that names the limit.</summary>
public sealed class GraphQLLimits
{
    /// <summary>Largest request body and document, in bytes. 1 MiB.</summary>
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>Tokens in a document. 20,000.</summary>
    public int MaxTokens { get; set; } = 20_000;

    /// <summary>Nesting of any kind while parsing: selection sets, lists, objects, types. 128.</summary>
    public int MaxParseDepth { get; set; } = 128;

    /// <summary>Nesting of fields in an operation, fragments followed, introspection exempt. 16.</summary>
    public int MaxDepth { get; set; } = 16;

    /// <summary>Aliased fields in an operation, fragments followed. 100.</summary>
    public int MaxAliases { get; set; } = 100;

    /// <summary>Fields of an operation's root. 50.</summary>
    public int MaxRootFields { get; set; } = 50;

    /// <summary>Cost of an operation, see <c>Validation/Limits/CostFormula.md</c>. 1,000,000.</summary>
    public long MaxCost { get; set; } = 1_000_000;

    /// <summary>Items that a list without <c>first</c> counts for in the cost. 10.</summary>
    public int AssumedListSize { get; set; } = 10;

    /// <summary>Errors reported for one document before validation stops. 50.</summary>
    public int MaxValidationErrors { get; set; } = 50;

    /// <summary>Largest answer in bytes. 64 MiB.</summary>
    public int MaxResponseBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Bytes of the values that a request holds while its answer is made, of those whose size is told by
    /// <see cref="GraphQLBuilder.SizeOf"/>. 128 MiB.</summary>
    public long MaxHeldBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Fields of one request that work at once; further ones wait. 1,000: as many as a full page has, so that its batch loaders are asked for all
    /// of it together.</summary>
    public int MaxFieldsInFlight { get; set; } = 1_000;

    /// <summary>Fields of one request that wait for batch loaders at once, beside those. 4,096.</summary>
    public int MaxFieldsLoading { get; set; } = 4_096;

    /// <summary>Time that the fields of a request are given to end once it was cancelled, before it is left to them. 5 seconds.</summary>
    public TimeSpan CancellationGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for a query or mutation. 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Documents kept parsed and validated. 1,000.</summary>
    public int CachedDocuments { get; set; } = 1_000;

    /// <summary>Bytes of document text kept for persisted queries and the document cache. 16 MiB.</summary>
    public int CachedDocumentBytes { get; set; } = 16 * 1024 * 1024;
}
