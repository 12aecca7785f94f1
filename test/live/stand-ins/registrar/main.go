// The registrar stands in for kubernetes-csi/node-driver-registrar: it tells the kubelet where a CSI driver listens, over the
// same plugin registration socket, and answers /healthz on the same flag.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

// The kubelet watches this folder, mounted from the node.
const registrationFolder = "/registration"

func main() {
	address := flag.String("csi-address", "", "socket of the CSI driver, as mounted here")
	kubeletPath := flag.String("kubelet-registration-path", "", "socket of the CSI driver, as the kubelet sees it")
	health := flag.String("http-endpoint", "", "address that answers /healthz")
	flag.Parse()
	name, err := driverName(*address)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("registering %s at %s", name, *kubeletPath)
	if *health != "" {
		go serveHealth(*health)
	}
	log.Fatal(serve(&registrar{name: name, endpoint: *kubeletPath}))
}

// driverName asks the driver, which may need a moment to listen.
func driverName(address string) (string, error) {
	connection, err := grpc.NewClient("unix://"+address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return "", err
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	answer, err := csi.NewIdentityClient(connection).GetPluginInfo(ctx, &csi.GetPluginInfoRequest{}, grpc.WaitForReady(true))
	if err != nil {
		return "", fmt.Errorf("the driver at %s does not say its name: %w", address, err)
	}
	return answer.GetName(), nil
}

func serve(r *registrar) error {
	socket := filepath.Join(registrationFolder, r.name+"-reg.sock")
	if err := os.Remove(socket); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	server := grpc.NewServer()
	registration.RegisterRegistrationServer(server, r)
	return server.Serve(listener)
}

func serveHealth(address string) {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	log.Fatal(http.ListenAndServe(address, nil))
}

type registrar struct {
	registration.UnsafeRegistrationServer
	name     string
	endpoint string
}

func (r *registrar) GetInfo(context.Context, *registration.InfoRequest) (*registration.PluginInfo, error) {
	return &registration.PluginInfo{
		Type:              registration.CSIPlugin,
		Name:              r.name,
		Endpoint:          r.endpoint,
		SupportedVersions: []string{"1.0.0"},
	}, nil
}

func (r *registrar) NotifyRegistrationStatus(_ context.Context, status *registration.RegistrationStatus) (*registration.RegistrationStatusResponse, error) {
	if !status.PluginRegistered {
		log.Fatalf("the kubelet refused %s: %s", r.name, status.Error)
	}
	return &registration.RegistrationStatusResponse{}, nil
}
