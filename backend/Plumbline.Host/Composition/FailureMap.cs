using System.Text.Json;
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
        OrleansException { InnerException: { } inner } => ToGraphQL(inner),
        _ => null,
    };
}
