using Plumbline.GraphQL.Conformance;

// The engine for the conformance tests, which are written in the reference implementation's language.
//   (no argument)  one JSON command a line on stdin, one JSON answer a line on stdout
//   --http         GraphQL over HTTP on a free port, whose URL is the first line on stdout; ends with stdin
if (args is ["--http", ..]) await WorldServer.RunAsync();
else await CommandLoop.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
