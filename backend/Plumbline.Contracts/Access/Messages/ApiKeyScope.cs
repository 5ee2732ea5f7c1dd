namespace Plumbline.Contracts.Access;

/// <summary>What an API key may be used for. Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("ApiKeyScope")]
public enum ApiKeyScope
{
    Ingest,
    Read,
    Write,
    Playground,
    Admin,

    /// <summary>What people said: verdicts, reviews, comments, agreement.</summary>
    ReadReviews,
}
