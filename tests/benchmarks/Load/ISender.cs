namespace Plumbline.Benchmarks.Load;

/// <summary>Sends one request after the other over one connection or one stream of it.</summary>
internal interface ISender : IAsyncDisposable
{
    ValueTask<Answer> SendAsync(RequestTemplate request);
}

/// <summary>What the server said.</summary>
/// <param name="Accepted">Whether the spans are on disk.</param>
/// <param name="RetryAfter">When to come back, if it said so; null with a refusal means that it did not.</param>
/// <param name="Status">The status as text, for refusals.</param>
internal readonly record struct Answer(bool Accepted, TimeSpan? RetryAfter, string Status);
