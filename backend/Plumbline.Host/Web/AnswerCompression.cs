using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Plumbline.Host.Web;

/// <summary>
/// Compresses the answers to GraphQL queries and nothing else: what is shown once (a key, an invitation) is the answer to a mutation, and the length of a
/// compressed answer tells whether what stands in it resembles something else in it.
/// </summary>
internal sealed class AnswerCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <summary>What fits into one packet arrives no sooner when it is smaller.</summary>
    public const int SmallestBytes = 1400;

    private static readonly object Allowed = new();

    /// <summary>Says that the answer to a request holds nothing that is shown only once.</summary>
    public static void Allow(HttpContext http) => http.Items[Allowed] = true;

    /// <summary>Whether a request can have such an answer. Programs on this machine gain nothing, and events must leave when they happen.</summary>
    public static bool MayServe(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/graphql", StringComparison.Ordinal) && !RequestOrigin.IsThisMachine(http)
            && !EndStreamsOnStop.AsksForEvents(http.Request);

    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Items.ContainsKey(Allowed) && context.Response.ContentLength >= SmallestBytes && base.ShouldCompressResponse(context);
}
