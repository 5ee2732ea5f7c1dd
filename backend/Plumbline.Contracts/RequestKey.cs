using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Contracts.Access;

namespace Plumbline.Contracts;

/// <summary>Names one request of one caller, so that repeating it makes nothing twice: what it makes bears the id, is found to be there
/// already, and tells by the content that it is the same.</summary>
/// <param name="Id">Formed like a <see cref="RandomId"/>; another caller's request of the same name has another one.</param>
/// <param name="Content">A hash of all that was asked for.</param>
[GenerateSerializer, Alias("RequestKey"), Immutable]
public sealed record RequestKey([property: Id(0)] string Id, [property: Id(1)] string Content)
{
    /// <summary>Longest name that a client may give a request (characters).</summary>
    public const int LongestRequestId = 100;

    private const int ContentBytes = 16;

    /// <summary>The key of a request that its client has named; null when it has not.</summary>
    /// <param name="caller">Whose request it is: names of different people and keys are independent.</param>
    /// <param name="place">The tenant in which it makes something: a project, an organization, or nothing.</param>
    /// <param name="mutation">What is asked for.</param>
    /// <param name="requestId">The client's name of the request.</param>
    /// <param name="input">All that was asked for.</param>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: the name breaks the rule.</exception>
    public static RequestKey? Of<TInput>(Caller caller, string place, string mutation, string? requestId, TInput input)
    {
        if (requestId is null) return null;
        if (requestId.Length is 0 or > LongestRequestId || requestId.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw Failure.BadInput($"requestId has 1 to {LongestRequestId} printable ASCII characters; a UUID is a good one.");
        var name = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', caller.ActorId, place, mutation, requestId)));
        var content = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input));
        return new RequestKey(RandomId.From(name), Convert.ToHexStringLower(content.AsSpan(0, ContentBytes)));
    }

    /// <summary>Passes what this very request has made.</summary>
    /// <param name="content">The <see cref="Content"/> of the request that made it; null when none is known.</param>
    /// <exception cref="RequestFailedException">CONFLICT: another request has made it.</exception>
    public void RequireSame(string? content)
    {
        if (content != Content) throw UsedForAnother();
    }

    public static RequestFailedException UsedForAnother() =>
        Failure.Conflict("This requestId was used for another request. Send the same request again, or a new requestId with this one.");
}
