using System.Text.Json;
using Orleans.Runtime.Messaging;
using Plumbline.Contracts;
using Plumbline.GraphQL;

namespace Plumbline.Host.Composition;

/// <summary>What failures of the product and of the engines below it look like in GraphQL. What is not here is masked and logged.</summary>
internal static class FailureMap
{
    public static GraphQLError? ToGraphQL(Exception failure) => failure switch
    {
        _ when Failure.In(failure) is { } refused => new GraphQLError(JsonNamingPolicy.SnakeCaseUpper.ConvertName(refused.Code.ToString()), refused.Message),
        LimitExceededException => new GraphQLError("RATE_LIMITED", "The server is overloaded with requests for the same thing. Try again in a moment."),
        // A call that its time-out ended; that the request itself has ended is seen before.
        TimeoutException or OperationCanceledException => ToGraphQL(Failure.TimedOut()),
        SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException => new GraphQLError(
            "UNAVAILABLE", "A part of the server cannot be reached now. Try again in a few seconds."),
        AggregateException { InnerException: { } first } => ToGraphQL(first),
        OrleansException { InnerException: { } inner } => ToGraphQL(inner),
        _ => null,
    };
}
